import { hasErrors, type Diagnostic } from '../../../../src/model/problem.ts';
import type { LoadedManifest } from '../../../../src/manifest/load.ts';
import { law, stackTraces, type Flaw } from '../trial.ts';
import { guardCodes, manifestCodes } from './codes.ts';

const known = new Set(manifestCodes);

/** What is wrong with an answer about a manifest, whatever the manifest is. */
export function answerFlaws({ manifest, diagnostics }: LoadedManifest, path: string, text: string): Flaw[] {
  const flaws = diagnostics.flatMap((one) => diagnosticFlaws(one, text));
  const lines = text.split('\n');
  for (const { code, file, line = 0, column = 0 } of diagnostics) {
    const length = lines[line - 1]?.length ?? -1;
    const isThere = line >= 1 && column >= 1 && column <= length + 1;
    if (file !== path || !isThere)
      flaws.push({ kind: 'position', what: `${code} at ${file}:${line}:${column}, where there is no text` });
  }
  if ((manifest === undefined) !== hasErrors(diagnostics))
    flaws.push(law('a manifest in spite of errors, or none without'));
  if (diagnostics.length > 101) flaws.push(law(`${diagnostics.length} diagnostics`));
  const places = diagnostics.map(({ line = 0, column = 0 }) => line * 1e7 + column);
  if (places.some((place, index) => place < (places[index - 1] ?? 0)))
    flaws.push(law('the order of the diagnostics'));
  if (Object.keys(Object.prototype).length > 0) flaws.push(law('a polluted prototype'));
  return flaws;
}

function diagnosticFlaws({ code, message, remedy = '', frame = '' }: Diagnostic, text: string): Flaw[] {
  const flaws = stackTraces(`${message}\n${remedy}\n${frame}`);
  if (!known.has(code))
    flaws.push(law(guardCodes.includes(code) ? `nobody has words: ${code}` : `a new code: ${code}`));
  if (message.length < 5 || message.length > 1000) flaws.push(law(`the length of: ${message.slice(0, 100)}`));
  if (/undefined/u.test(message + remedy) || (message.includes('[object ') && !text.includes('[object ')))
    flaws.push(law(`the words of: ${message}`));
  // A line about many places shows none of them.
  const isSum = / of this kind \(.*\)\.$/u.test(message);
  if (isSum ? frame !== '' : !frame.includes('^') || frame.length > 800)
    flaws.push(law(`the frame of: ${message}`));
  return flaws;
}
