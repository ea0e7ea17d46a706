import fc from 'fast-check';
import stringWidth from 'fast-string-width';
import { parse } from 'parse5';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { beforeAll, describe, expect, it } from 'vitest';
import { filtered, makeAudit, type ModuleAudit } from '../../../src/audit/audit.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { auditCsv, auditJson } from '../../../src/report/audit/formats.ts';
import { auditDocument } from '../../../src/report/audit/document.ts';
import { auditText } from '../../../src/report/audit/text.ts';
import { visible } from '../../../src/model/visible.ts';
import { html } from '../../../src/report/media/html.ts';
import { markdown } from '../../../src/report/media/markdown.ts';
import { makeStyle } from '../../../src/report/media/layout.ts';
import { startEmulator } from '../../../src/emulator/start.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { has, manifestOf, options, want } from '../../support/field.ts';
import { narrowFaults } from '../../support/narrow.ts';
import { largeOrganisation } from '../../support/large-organisation.ts';
import { liveFields, organisation } from '../../support/organisation.ts';

const VIEW = {
  target: { dataCentre: 'eu', apiHost: 'www.zohoapis.eu' },
  requests: { read: 2, write: 0 },
  narrowed: [],
  diagnostics: [],
  style: makeStyle(false),
  width: 80,
};

let standard: readonly JsonObject[] = [];

beforeAll(async () => {
  const zoho = await startEmulator({ seed: { modules: { Deals: 'stock' } } });
  standard = zoho.fields('Deals').all();
  await zoho.close();
});

/** 500 fields, of which a manifest names some. */
function large(): ModuleAudit {
  const live = liveFields(largeOrganisation(standard));
  const manifest = manifestOf(
    want('Contract_Status', { label: 'Contract Status', length: 60 }),
    want('Partner_Status_EMEA', { label: 'Partner Status EMEA', type: 'picklist' }),
    want('Billing_Status', { label: 'Billing Status', type: 'text' }),
    want('StrategicPartnerId', { label: 'Strategic Partner ID', length: 50 }),
    want('Deal_Name', { create: false }),
  );
  const directory = { room: { edition: 'ultimate' } };
  const [plan] = makePlan(manifest, [{ module: 'Deals', fields: live }], directory).modules;
  return makeAudit({ module: 'Deals', live, edition: 'ultimate', ...(plan === undefined ? {} : { plan }) });
}

describe('an audit of 500 fields', () => {
  it.each([80, 120])('fits %i columns, and looks like this', async (width) => {
    const text = auditText([large()], { ...VIEW, manifest: 'fields.yaml', edition: 'ultimate', width });
    const wide = text.split('\n').filter((line) => stringWidth(line) > width);
    expect(wide).toEqual([]);
    await expect(text).toMatchFileSnapshot(`../../golden/adopting/audit-${width}.txt`);
  });

  it('is a list on a narrow screen', () => {
    const at = (width: number): string => auditText([large()], { ...VIEW, manifest: 'fields.yaml', width });
    expect(narrowFaults(at)).toEqual([]);
  });

  it('is a data dictionary in Markdown, whole', () => {
    const view = { ...VIEW, manifest: 'fields.yaml', edition: 'ultimate' };
    const text = markdown(auditDocument([large()], view), Infinity);
    expect(text).not.toContain('left out');
    expect(text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(501 + 2 * 7);
  });

  it('is a page that needs nothing else', () => {
    const text = html(auditDocument([large()], { ...VIEW, manifest: 'fields.yaml' }));
    expect(text).not.toMatch(/<script|<link|<img|https?:\/\/(?!www\.zohoapis)/u);
    expect(text.match(/<tr class/gu)).toHaveLength(501);
  });

  it('is a table with one line per field', () => {
    const lines = auditCsv([large()]).split('\r\n');
    expect(lines[0]).toBe(
      'module,api_name,field_label,data_type,length,details,custom,required,missing,used,status,tooltip,description',
    );
    expect(lines).toHaveLength(503);
    expect(lines).toContain(
      'Deals,StrategicPartnerId,Strategic Partner ID,text,50,,true,true,true,false,missing,,',
    );
  });
});

describe('an audit', () => {
  const live = [
    has('Deal_Name', { custom: false, length: 120, system_mandatory: true }),
    has('Partner', { type: 'lookup', length: 120, lookup: { module: { api_name: 'Accounts' } } }),
    has('Tier', { type: 'picklist', pick_list_values: options('Gold', 'Silver'), length: 120 }),
    has('Ref', { length: 40, unique: { case_sensitive: false } }),
    has('Old', { used: false }),
    has('Number', { type: 'autonumber' }),
  ];
  const audit = (...wishes: readonly DesiredField[]): ModuleAudit => {
    const [plan] = makePlan(manifestOf(...wishes), [{ module: 'Deals', fields: live }], {}).modules;
    return makeAudit({ module: 'Deals', live, ...(plan === undefined ? {} : { plan }) });
  };
  const standing = ({ rows }: ModuleAudit) =>
    Object.fromEntries(rows.map((row) => [row.api_name, row.standing]));

  it('says what every field is', () => {
    const made = audit(
      want('Ref', { length: 50 }),
      want('Tier', {
        type: 'picklist',
        pick_list_values: ['Gold', 'Silver'].map((name) => ({ display_value: name, actual_value: name })),
      }),
      want('Missing'),
      want('Old'),
    );
    expect(standing(made)).toEqual({
      Deal_Name: 'standard',
      Missing: 'missing',
      Number: 'custom',
      Old: 'conflict',
      Partner: 'custom',
      Ref: 'differs',
      Tier: 'as_declared',
    });
    expect(made.counts).toMatchObject({
      fields: 6,
      standard: 1,
      custom: 5,
      unused: 1,
      required: 4,
      missing: 1,
      differs: 1,
      conflicts: 1,
      as_declared: 1,
      unmanaged: 2,
    });
  });

  it('has every live and every missing field in JSON', () => {
    const { fields } = JSON.parse(auditJson([audit(want('Missing', { length: 9 }))], VIEW)) as {
      fields: readonly object[];
    };
    expect(fields).toHaveLength(7);
    expect(fields).toContainEqual(
      expect.objectContaining({
        api_name: 'Missing',
        data_type: 'text',
        custom: true,
        required: true,
        missing: true,
      }),
    );
    expect(fields).toContainEqual(
      expect.objectContaining({
        api_name: 'Deal_Name',
        data_type: 'text',
        custom: false,
        required: false,
        missing: false,
      }),
    );
  });

  it.each([
    [{ custom: true }, ['Missing', 'Number', 'Old', 'Partner', 'Ref', 'Tier']],
    [{ missing: true }, ['Missing']],
    [{ unused: true }, ['Old']],
    [{ type: 'text', custom: true }, ['Missing', 'Old', 'Ref']],
    [{ type: 'nothing' }, []],
  ])('lists only what is asked for: %j', (filter, names) => {
    expect(filtered(audit(want('Missing')), filter).rows.map((row) => row.api_name)).toEqual(names);
  });

  it('counts what the module has used, and knows the limits where it knows the edition', () => {
    const limits = (edition?: string) =>
      makeAudit({ module: 'Deals', live, ...(edition === undefined ? {} : { edition }) }).capacity.map(
        ({ used, limit }) => [used, limit],
      );
    expect(limits()).toEqual([
      [5, null],
      [1, 2],
      [1, 1],
      [0, null],
    ]);
    expect(limits('Professional')).toEqual([
      [5, 155],
      [1, 2],
      [1, 1],
      [0, 0],
    ]);
    expect(limits('enterprise')).toEqual([
      [5, 300],
      [1, 2],
      [1, 1],
      [0, 2],
    ]);
    expect(limits('zohoone'), 'on no page that names limits').toEqual(limits());
    expect(limits('constructor')).toEqual([
      [5, null],
      [1, 2],
      [1, 1],
      [0, null],
    ]);
  });
});

/** What may stand in a terminal, a page and a table, whatever the organisation holds. */
describe('hostile text in an audit', () => {
  const audits = (live: readonly LiveField[]) => [makeAudit({ module: 'Deals', live })];

  it('never acts on a terminal, and never spoils the columns', () => {
    fc.assert(
      fc.property(organisation, fc.constantFrom(60, 80, 120, 200), (live, width) => {
        const text = auditText(audits(live), { ...VIEW, width });
        for (const line of text.split('\n')) {
          expect(visible(line)).toBe(line);
          expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(width, 106));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is never a formula, and never another column', () => {
    fc.assert(
      fc.property(organisation, (live) => {
        const rows = readCsv(auditCsv(audits(live)));
        expect(new Set(rows.map((row) => row.length))).toEqual(new Set([13]));
        expect(rows).toHaveLength(live.length + 1);
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]/u);
      }),
      { numRuns: 100 },
    );
  });

  it('is text to a browser, and JSON to a script', () => {
    fc.assert(
      fc.property(organisation, (live) => {
        const document = auditDocument(audits(live), VIEW);
        const comment = micromark(markdown(document, Infinity), {
          allowDangerousHtml: true,
          extensions: [gfm()],
          htmlExtensions: [gfmHtml()],
        });
        for (const page of [html(document), comment]) {
          const odd = elementsOf(page).filter((name) =>
            ['script', 'img', 'iframe', 'a', 'b', 'input'].includes(name),
          );
          expect(odd).toEqual([]);
        }
        expect(JSON.parse(auditJson(audits(live), VIEW))).toBeTruthy();
      }),
      { numRuns: 60 },
    );
  });
});

/** The names of all elements that a browser would make. */
function elementsOf(page: string): readonly string[] {
  const found: string[] = [];
  const walk = (node: { readonly nodeName: string; readonly childNodes?: readonly unknown[] }): void => {
    found.push(node.nodeName);
    for (const child of node.childNodes ?? []) walk(child as typeof node);
  };
  walk(parse(page));
  return found;
}

/** A reader of RFC 4180 that knows nothing of who wrote it. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gu)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
