import type { Json } from './json.ts';
import type { Capacity } from './limits.ts';
import type { DesiredField, Written } from './manifest.ts';

/** What a field of the manifest is, seen from the live organisation (contract §5). */
export type Action = 'create' | 'in_sync' | 'drift' | 'conflict';

/** One declared key whose live value is another one. */
export interface Difference {
  /** Zoho's key, such as `length`. */
  readonly key: string;
  readonly want: Json;
  readonly live: Json;
  /** True where Zoho lets nobody change the key after creation (sheet §4.1). */
  readonly permanent: boolean;
}

/** Why a field has its action, in words. */
export interface Reason {
  /** Stable kebab-case word for scripts. */
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  /** True for what is only worth knowing: no verdict rests on it, and no saved plan either. */
  readonly notice?: true;
  /** A line for the manifest's list of fields that would do what the remedy says. */
  readonly stanza?: string;
}

/** One field of the manifest with the verdict on it. */
export interface PlanEntry {
  readonly module: string;
  readonly action: Action;
  /** The intent, with profile and picklist names already turned into this organisation's ids. */
  readonly field: DesiredField;
  /** Id of the live field of that API name, where there is exactly one. */
  readonly id?: string;
  readonly differences: readonly Difference[];
  readonly reasons: readonly Reason[];
  /** How the field is written; not in a saved plan, which has nothing of the manifest's text. */
  readonly written?: Written;
}

/** A live custom field that the manifest does not name. */
export interface UnmanagedField {
  readonly id: string;
  readonly api_name: string;
  readonly field_label: string;
  readonly data_type: string;
  readonly used: boolean;
}

/** The plan of one module. */
export interface ModulePlan {
  readonly module: string;
  /** Ids of fields that no organisation but this one has; never empty where the module has a field. */
  readonly anchors: readonly string[];
  readonly entries: readonly PlanEntry[];
  readonly unmanaged: readonly UnmanagedField[];
  /** What of the module's room is taken and asked for. */
  readonly capacity: readonly Capacity[];
  /** Where new fields appear; absent where there is nothing new, or nothing to choose. */
  readonly landing?: Landing;
}

/** New fields land in one layout of a module that has several (sheet §3.8). */
export interface Landing {
  /** Its name; absent where Zoho does not show which one is the standard layout. */
  readonly layout?: string;
  /** The names of the others. */
  readonly others: readonly string[];
}

/** How many fields there are of each action. */
export type PlanSummary = Readonly<Record<Action | 'unmanaged', number>>;

/** A whole plan: the value that `plan` prints, `--out` saves and `apply` executes. */
export interface Plan {
  /** Short, to be read aloud: the beginning of {@link digest}, in letters. Two plans may share it. */
  readonly plan_id: string;
  /** SHA-256 of the intent, the organisation and what the verdicts rest on, in hex: what machines compare (contract §7). */
  readonly digest: string;
  readonly manifest: { readonly path: string; readonly sha256: string };
  readonly modules: readonly ModulePlan[];
  readonly summary: PlanSummary;
}
