import type { Io } from '../machine/io.ts';
import type { ConnectOptions } from '../run/connect.ts';
import { makeStyle, type Style } from '../report/media/layout.ts';
import { usableWidth } from '../report/media/layout.ts';
import type { Outputs } from './format.ts';
import { wantsColour, type Output } from '../machine/io.ts';

/** Options that every command which reports has. */
export type ReportOptions = Outputs;

/** Options of commands that read a manifest and talk to Zoho. */
export interface LiveOptions extends ReportOptions, ConnectOptions {
  readonly file?: string;
}

/** How text for a stream should look. */
export function lookOf(stream: Output, env: Io['env']): { readonly style: Style; readonly width: number } {
  return { style: makeStyle(wantsColour(stream, env)), width: usableWidth(stream.columns) };
}
