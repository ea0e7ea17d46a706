import type { ConnectOptions } from '../run/connect.ts';
import type { Outputs } from '../report/media/formats.ts';

/** Options that every command which reports has. */
export type ReportOptions = Outputs;

/** Options of commands that read a manifest and talk to Zoho. */
export interface LiveOptions extends ReportOptions, ConnectOptions {
  readonly file?: string;
}

export interface PlanOptions extends LiveOptions {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
  readonly inSync?: boolean;
  readonly unmanaged?: boolean;
  /** The revision or file that a change starts from. */
  readonly base?: string;
}
