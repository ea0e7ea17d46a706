import type { LeftOut } from './draft.ts';
import { disarmed } from './write-stanza.ts';
import type { Written } from './revise.ts';
import type { Stanza } from './stanza.ts';
import { stanzaLines, usualLayout } from './write-stanza.ts';

/** The first line of a manifest: lets editors complete and check what is typed. */
export function schemaLine(path: string): string {
  return `# yaml-language-server: $schema=${path}`;
}

/**
 * A whole manifest of one module.
 * @param schema where an editor finds the schema from it, if it does.
 */
export function manifestText(module: string, stanzas: readonly Stanza[], schema?: string): Written {
  return documentText(schema === undefined ? [] : [schemaLine(schema)], module, stanzas);
}

/** One document, with lines before it. */
export function documentText(head: readonly string[], module: string, stanzas: readonly Stanza[]): Written {
  const lines = [...head, `module: ${module}`, 'fields:'];
  const starts: number[] = [];
  const heights: number[] = [];
  for (const stanza of stanzas) {
    const own = stanzaLines(stanza, usualLayout);
    starts.push(lines.length + 1);
    heights.push(own.length);
    lines.push(...own);
  }
  return { text: `${lines.join('\n')}\n`, starts, heights };
}

/** What a reader should know about fields that are not there, as comments for the end of a new manifest. */
export function leftOutComment(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return '';
  const lines = leftOut.map(({ field, why }) => {
    const name = `${field.api_name} (${field.data_type}, "${field.display_label}")`;
    return `#   ${printable(name)}: ${printable(why)}`;
  });
  return ['', '# In Zoho, but not declared here:', ...lines, ''].join('\n');
}

/** A comment is one line, and shows all that it says. */
function printable(text: string): string {
  const shown = disarmed(text.toWellFormed().replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{fffd}'), '\\x23');
  return shown.length <= 300 ? shown : `${shown.slice(0, 299)}…`;
}
