/** A JSON document of contract §7, with every key that a test may ask for. */
export interface Report {
  readonly format_version: string;
  readonly kind: string;
  readonly plan_id: string;
  readonly manifest: { readonly path: string; readonly sha256: string };
  readonly summary: Readonly<Record<string, number>>;
  readonly fields: readonly FieldReport[];
  readonly requests: { readonly read: number; readonly write: number };
  readonly diagnostics: readonly DiagnosticReport[];
  readonly interrupted?: boolean;
  readonly receipt?: ReceiptReport;
}

export interface ReceiptReport {
  readonly at: string;
  readonly organisation: { readonly id: string } | null;
  readonly plan_id: string;
  readonly digest: string;
  readonly commit?: string;
  readonly fields: readonly {
    readonly module: string;
    readonly api_name: string;
    readonly id: string;
    readonly undo: {
      readonly method: string;
      readonly path: string;
      readonly scope: string;
      readonly setup: string;
      readonly conditions: readonly string[];
    };
  }[];
}

export interface FieldReport {
  readonly module: string;
  readonly api_name: string;
  readonly action: string;
  readonly line: number;
  readonly id?: string;
  readonly outcome?: string;
  readonly code?: string;
  readonly differences: readonly { readonly key: string; readonly want: unknown; readonly live: unknown }[];
  readonly reasons: readonly { readonly code: string; readonly message: string; readonly remedy?: string }[];
}

export interface DiagnosticReport {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly frame?: string;
}
