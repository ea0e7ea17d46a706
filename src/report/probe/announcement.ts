import { count } from '../../model/count.ts';
import type { LiveField } from '../../model/live-field.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { TOO_LONG, type Wishes } from '../../probe/wishes.ts';
import { wrap } from '../media/layout.ts';
import { fieldLines, signed, whereToDelete } from './text.ts';

/** What each field is for, in words. */
const PURPOSES = {
  named: 'is api_name honoured, ignored or refused?',
  symbols: 'which API name comes of a hyphen and brackets?',
  twin: 'the same label once more, on purpose: what is said of it, and in which place?',
  letters: 'which API name comes of a letter that is not ASCII?',
  long: `${TOO_LONG} characters, on purpose: how long may a label be?`,
} as const;

/** Exactly what `probe --create` will do, before it asks. */
export function announcement({ module, fields, renamed }: Wishes, where: string, width: number): string {
  const symbols = fields.find(({ purpose }) => purpose === 'symbols')?.label ?? '';
  const rows = fields.flatMap(({ purpose, label, name }) => {
    const named = name === undefined ? '' : `, api_name ${name}`;
    return signed('+', `"${visibleShort(label, 40)}"${named}: ${PURPOSES[purpose]}`, width);
  });
  return [
    ...wrap(
      `This creates at most ${count(fields.length, 'text field')} in ${visible(module)} of ${where}, under names that nobody else uses there:`,
      width,
      0,
    ),
    ...rows,
    ...wrap(
      `It sends one POST, a second one only where the first comes to nothing, and one PATCH, which calls "${symbols}" "${renamed}". It deletes nothing: at the end it says what it made, and where a person can delete it.`,
      width,
      0,
    ),
    '',
  ].join('\n');
}

/** What a probe left that was stopped before it could list it. */
export function leftBehind(fields: readonly LiveField[], module: string, width: number): string {
  const told = 'An earlier probe was stopped before it could list what it made. It is still there:';
  return [
    ...wrap(told, width, 0),
    ...fieldLines(fields, width),
    ...wrap(whereToDelete(module), width, 0),
    '\n',
  ].join('\n');
}
