import type { Diagnostic } from '../model/problem.ts';

/** Which Zoho to talk to, and with what; everything has a default. */
export interface ZohoOptions {
  /**
   * Settings by the names that the command knows: `ZOHO_CLIENT_ID`, `ZOHO_CLIENT_SECRET`, `ZOHO_REFRESH_TOKEN`,
   * `ZOHO_DC`, and the others of docs/contract.md §4. Default: the process's environment, which also tells where the
   * user's folders for the journal and for access tokens are, unless `HOME` is given here.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Settings that `env` lacks are looked for in this file. Default: `.env` in `cwd`, where there is one. */
  readonly envFile?: string;
  /** The folder that relative paths start from. Default: the process's current one. */
  readonly cwd?: string;
  /** True talks to the built-in local Zoho, whose state lies in `.zoho-fields/` beside the manifest. */
  readonly emulator?: boolean;
  /** False asks for a new access token and keeps none. */
  readonly tokenCache?: boolean;
  /** Aborting it ends reading at once; while fields are being created it ends after the request that is under way. */
  readonly signal?: AbortSignal;
}

/** How to plan. */
export interface PlanOptions extends ZohoOptions {
  /** Told what is doubtful about what is there, such as a field that may have been created twice. */
  readonly onWarning?: (warning: Diagnostic) => void;
}
