import { count } from '../../model/count.ts';
import { UNDO_CONDITIONS, UNDO_SCOPE, type Receipt } from '../../apply/receipt.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { data, plainText, type Block, fold, list, table, moduleColumn } from '../media/document.ts';
import { hanging, isNarrow, keyed, wrap, type Look } from '../media/layout.ts';
import { placeWords, type Target } from '../plan/view.ts';

/** The receipt as a person at a terminal reads it. */
export function receiptText(receipt: Receipt, target: Target, { style, width }: Look): string {
  const pair = (key: string, text: string, indent = 2): readonly string[] =>
    keyed(key, text, width, indent, 13);
  const { commit } = receipt;
  const lines = [
    style.bold('Receipt'),
    ...pair('created', `${count(receipt.fields.length, 'field')}, ${visibleShort(receipt.at, 40)}`),
    ...pair('in', visibleShort(plainText(placeWords(target)))),
    ...pair('by', `plan ${visibleShort(receipt.plan_id, 40)}`),
    ...(commit === undefined ? [] : pair('commit', visibleShort(commit, 64))),
    ...receipt.fields.flatMap(({ module, api_name, id, undo }) => [
      '',
      ...hanging(
        `${style.bold(visible(api_name))} in ${visible(module)}, id ${visibleShort(id, 40)}`,
        width,
        2,
        6,
      ),
      ...pair('to delete', visible(undo.setup), 6),
      ...requestLines(undo, width),
    ]),
    '',
    ...wrap([...RULES, ...UNDO_CONDITIONS].join(' '), width, 0),
  ];
  return `${lines.join('\n')}\n`;
}

/** In one line, since it may have to be copied; the address at least, where the screen is narrow. */
function requestLines({ method, path }: Receipt['fields'][number]['undo'], width: number): readonly string[] {
  const line = `      ${'or send'.padEnd(13)}${method} ${path}`;
  return isNarrow(width) ? [`      or send: ${method}`, `        ${path}`] : [line];
}

/** The receipt in a document: folded up, since few will need it, and when and where stands in the closing. */
export function receiptFold({ fields }: Receipt, several: boolean): Block {
  return fold(
    `Receipt: ${count(fields.length, 'field')} created, and how to take ${fields.length === 1 ? 'it' : 'each'} back`,
    list([...RULES, ...UNDO_CONDITIONS].map((rule) => [rule])),
    table('field', fields, () => 'plain', [
      ...moduleColumn(several),
      ['Field', ({ api_name }) => [data(api_name)]],
      ['Id in Zoho', ({ id }) => [data(id, 40)]],
      ['To delete', ({ undo }) => [data(undo.setup)]],
      ['Or send', ({ undo }) => [data(`${undo.method} ${undo.path}`, 300)]],
    ]),
  );
}

/** Who takes a field back, and what the request needs. */
const RULES: readonly string[] = [
  'zoho-fields never deletes: taking a field back is up to a person.',
  `A request deletes one field, and needs the scope ${UNDO_SCOPE}.`,
];
