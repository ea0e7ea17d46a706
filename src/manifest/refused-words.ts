import { quote } from './problem.ts';
import type { Problem } from './problem.ts';

/**
 * Words of YAML that a manifest has no use for. They make a value come from elsewhere, or mean something else than it
 * says; a reviewer should see what is declared where it is declared.
 */

/** `yaml` announces plain and block scalars by this word of no width. */
const scalarFollows = '\x1f';

/** Why a word of this type is refused, or nothing where it is not. */
export function refusal(type: string | null, lexeme: string): Omit<Problem, 'span' | 'layer'> | undefined {
  if (type === 'tag') {
    return {
      code: 'yaml-tag',
      message: `The tag ${quote(lexeme)} is not allowed: a manifest holds only texts, numbers, true, false, lists and mappings.`,
      remedy: 'Remove it; put a value in quotes where it should be read as text.',
    };
  }
  if (type === 'anchor') {
    return {
      code: 'yaml-anchor',
      message: `The anchor ${quote(lexeme)} is not allowed: what is declared must stand where it is read.`,
      remedy: 'Remove it, and write the value out wherever it is needed.',
    };
  }
  if (type === 'alias') {
    return {
      code: 'yaml-alias',
      message: `The alias ${quote(lexeme)} is not allowed: what is declared must stand where it is read.`,
      remedy: 'Write the value out here; put it in quotes if the asterisk is part of a text.',
    };
  }
  if (type === 'directive-line') {
    return {
      code: 'yaml-directive',
      message: `The directive ${quote(lexeme)} is not allowed: a manifest is always read as YAML 1.2.`,
      remedy: 'Remove the line; put it in quotes if the percent sign begins a text.',
    };
  }
  return undefined;
}

/** What the parser gets instead, equally long: an alias stands where a value is needed, the others do not. */
export function replacement(type: string | null, lexeme: string): readonly string[] {
  return type === 'alias' ? [scalarFollows, 'x'.repeat(lexeme.length)] : [' '.repeat(lexeme.length)];
}
