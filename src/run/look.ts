import { wantsColour, type Io, type Output } from '../machine/io.ts';
import { makeStyle, usableWidth, type Style } from '../report/media/layout.ts';

/** How text for a stream should look. */
export function lookOf(
  stream: Output,
  io: Pick<Io, 'env' | 'command'>,
): { readonly style: Style; readonly width: number } {
  return { style: makeStyle(wantsColour(stream, io.env), io.command), width: usableWidth(stream.columns) };
}
