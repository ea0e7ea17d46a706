import fc from 'fast-check';
import { expect, it } from 'vitest';
import { importInto } from '../../../src/import/import-into.ts';
import { importModule } from '../../../src/import/import-module.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import { hasErrors } from '../../../src/model/problem.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { duplicateWarnings } from '../../../src/plan/duplicates.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { isToBeCreated } from '../../../src/plan/remarks.ts';
import { examples, liveFields, organisation } from '../../support/organisation.ts';
import { isSplice } from './splice.ts';

/** A minute and a half finds more; this many run with every change. */
const RUNS = 120;

const NO_PLACE = new Set(['unused', 'ambiguous']);

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What `validate` and `plan` would make of it; neither has a word to say of what is there already. */
function judge(text: string, live: readonly LiveField[]): Plan {
  const { manifest, diagnostics, doubts } = loadManifest({ path: 'fields.yaml', bytes: bytes(text) });
  const kinds = diagnostics.map(({ code }) => code);
  expect(kinds).toEqual([...new Set(kinds)]);
  expect(diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
  expect(hasErrors(diagnostics)).toBe(false);
  if (manifest === undefined) throw new Error('not valid');
  const modules = [{ module: 'Deals', fields: live }];
  const plan = makePlan(manifest, modules, {});
  expect(doubts(isToBeCreated(plan))).toEqual([]);
  expect(duplicateWarnings(plan, modules, [])).toEqual([]);
  const entries = plan.modules.flatMap((module) => module.entries);
  expect(entries.filter(({ action }) => action === 'in_sync').flatMap(({ reasons }) => reasons)).toEqual([]);
  return plan;
}

it('imports any organisation so that it is valid and in sync', () => {
  fc.assert(
    fc.property(organisation, fc.boolean(), fc.boolean(), (live, all, sorted) => {
      const imported = importModule({ module: 'Deals', live, all, sorted });
      if (imported === undefined) return;
      const plan = judge(imported.text, live);
      const { in_sync, create, drift, conflict } = plan.summary;
      expect({ create, drift, conflict }).toEqual({ create: 0, drift: 0, conflict: 0 });
      expect(in_sync).toBe(imported.fields.length);
      const chosen = live.filter((field) => all || field.custom).length;
      const extra = imported.isBeginning ? 1 : 0;
      expect(imported.fields.length + imported.leftOut.length).toBe(chosen + extra);
      expect(imported.text).not.toMatch(/\b6084217\d{12}\b/);
      // Whatever the organisation calls its fields: only what is in no layout, or is there twice, has no place.
      expect(imported.leftOut.map(({ code }) => code).filter((code) => !NO_PLACE.has(code))).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

it('leaves nothing out, and takes nothing back, where an organisation is as Zoho documents it', () => {
  const live = liveFields(examples);
  const imported = importModule({ module: 'Deals', live, all: true, sorted: false });
  expect(imported?.leftOut).toEqual([]);
  // Zoho tells no formula's expression, and cannot create subforms.
  const owned = imported?.fields.filter((field) => !field.create).map((field) => field.data_type);
  expect(owned).toEqual(['formula', 'subform']);
});

/** Manifests as people write them; each lacks what the organisation has. */
const existing = fc.constantFrom(
  'module: Deals\nfields:\n  - api_name: Mine\n    data_type: text\n    create: false\n',
  '# head\r\nmodule: Deals # here\r\nfields:\r\n- api_name: Mine # why\r\n  data_type: text\r\n  create: false\r\n  # last words\r\n\r\n# the end',
  'fields:\n    -   api_name: Mine\n        data_type: text\n        create: false\n        description: |+\n            kept\n\n\n\nmodule: Deals\n# tail',
  '{"module": "Deals", "fields": [{"api_name": "Mine", "data_type": "text", "create": false}]}',
  'module: Deals\nfields: [\n    {api_name: Mine, data_type: text, create: false}, # first\n  ]\n',
  'module: Deals\nfields:\n  - {api_name: Mine, data_type: text, create: false}',
  'module: Deals\nfields:\n  -\n    api_name: Mine\n    data_type: text\n    create: false\n    description: >-\n      folded\n      text\n',
  'module: Leads\nfields:\n  - api_name: Mine\n    data_type: text\n    create: false',
  'module: Leads\nfields:\n  - {api_name: Mine, data_type: text, create: false}\n---\n# two\nmodule: Deals\nfields:\n  - api_name: Mine\n    data_type: text\n    create: false\n    description: "a\n      b"\n---\nmodule: Contacts\nfields:\n  - {api_name: Mine, data_type: text, create: false}\n...\n',
  'module: Deals\nfields:\n  - api_name: A\n    field_label: A\n    data_type: text\n    unique: true\n  - api_name: B\n    field_label: B\n    data_type: text\n    unique: true\n  - api_name: N\n    field_label: N\n    data_type: autonumber\n    auto_number: {start_number: 1}\n',
);

it('adds to any manifest without changing a byte of it', () => {
  fc.assert(
    fc.property(existing, organisation, fc.boolean(), (before, live, all) => {
      const { text, fields } = importInto(before, { module: 'Deals', live, all, sorted: false });
      expect(isSplice(before, text)).toBe(true);
      expect(text.endsWith('\n')).toBe(before.endsWith('\n'));
      const lonely = text.replaceAll('\r\n', '').includes('\n');
      expect(lonely).toBe(!before.includes('\r\n') && (before.includes('\n') || fields.length > 0));
      const plan = judge(text, live);
      const added = new Set(fields.map((field) => field.api_name));
      const deals = plan.modules.find((one) => one.module === 'Deals')?.entries ?? [];
      const mine = deals.filter((entry) => added.has(entry.field.api_name));
      expect(mine.map((entry) => entry.action)).toEqual(mine.map(() => 'in_sync'));
      expect(mine).toHaveLength(fields.length);
      // Once it is in, nothing more is missing.
      expect(importInto(text, { module: 'Deals', live, all, sorted: false }).text).toBe(text);
    }),
    { numRuns: RUNS },
  );
});
