import { excerpt, quote } from '../finding.ts';
import type { Finding, Span } from '../finding.ts';
import type { Lines } from '../frame.ts';
import { doubt, finding, textAt, valueSpan } from './field.ts';
import type { Field } from './field.ts';

/** What only shows when all modules of a file are seen together. */

/** A document, as far as the rules for files need it. */
export interface DeclaredModule {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Where the name is written; absent where there is none. */
  readonly nameSpan?: Span;
}

/** Contract §2: one document per module. */
export function repeatedModules(modules: readonly DeclaredModule[], lines: Lines): Finding[] {
  const first = new Map<string, Span>();
  return modules.flatMap(({ name, nameSpan }) => {
    if (!nameSpan || name === '') return [];
    const same = first.get(name.toLowerCase());
    if (!same) {
      first.set(name.toLowerCase(), nameSpan);
      return [];
    }
    const message = `The module ${quote(name)} is declared twice: on line ${lines.at(same.start).line} and on line ${lines.at(nameSpan.start).line}.`;
    return [finding(nameSpan, 'duplicate-module', message, 'Move its fields into one document.')];
  });
}

/**
 * Sheet §5.2: "Duplicate related list name". Two lookups that point to the same module need different titles there. Where
 * a title is only the default (contract §2: the module's name), Zoho may still find another one; so that is a doubt.
 */
export function repeatedRelatedLists(modules: readonly DeclaredModule[]): Finding[] {
  const first = new Map<string, boolean>();
  return modules.flatMap(({ name, fields }) =>
    fields.flatMap((field) => {
      const target = textAt(field, 'lookup', 'module', 'api_name');
      if (!field.mayBeCreated || field.type?.name !== 'lookup' || target === undefined) return [];
      const written = textAt(field, 'lookup', 'display_label');
      const title = written ?? name;
      const key = `${target} ${title}`.toLowerCase();
      const wasWritten = first.get(key);
      if (wasWritten === undefined) {
        first.set(key, written !== undefined);
        return [];
      }
      const message = `Two lookups give ${excerpt(target)} a related list with the title ${quote(title)}.`;
      const remedy = `Write another title: "lookup: { module: { api_name: ${excerpt(target)} }, display_label: … }".`;
      const span =
        field.tree.entries?.get('display_label')?.tree.span ?? valueSpan(field, 'lookup', 'display_label');
      return wasWritten && written !== undefined
        ? [finding(span, 'duplicate-related-list', message, remedy)]
        : [doubt(field, span, 'duplicate-related-list', message, remedy)];
    }),
  );
}
