import { wantsColour, type Io, type Output } from '../machine/io.ts';
import { makeStyle, usableWidth, type Look } from '../report/media/layout.ts';

/** How text for a stream should look. */
export function lookOf(stream: Output, io: Pick<Io, 'env' | 'command'>): Look {
  return { style: makeStyle(wantsColour(stream, io.env), io.command), width: usableWidth(stream.columns) };
}
