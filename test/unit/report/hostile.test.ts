import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';
import { describe, expect, it } from 'vitest';
import { reportWithoutTrying } from '../../../src/apply/apply-plan.ts';
import { objectionWords } from '../../../src/apply/outcome.ts';
import { receiptOf } from '../../../src/apply/receipt.ts';
import { applyRenders } from '../../../src/report/apply/formats.ts';
import { diffRenders } from '../../../src/report/diff/formats.ts';
import { failureRenders } from '../../../src/report/failure/formats.ts';
import { validateRenders } from '../../../src/report/validate/formats.ts';
import type { Renders, Format } from '../../../src/report/media/formats.ts';
import { diffManifests } from '../../../src/diff/diff-manifests.ts';
import { findOrigins } from '../../../src/diff/origin.ts';
import type { Diagnostic } from '../../../src/model/problem.ts';
import type { Manifest } from '../../../src/model/manifest.ts';
import { Problem } from '../../../src/model/problem.ts';
import { duplicateReason } from '../../../src/plan/duplicates.ts';
import { eventText } from '../../../src/report/apply/text.ts';
import { visible } from '../../../src/model/visible.ts';
import { LONGEST_COMMENT } from '../../../src/report/media/markdown.ts';
import { has, options, want } from '../../support/field.ts';
import {
  htmlSins,
  htmlText,
  markdownRows,
  markdownSins,
  parseCommand,
  rawControls,
  runnerSins,
} from './judges.ts';
import { HUGE, PAYLOADS } from './payloads.ts';
import { SARIF_SCHEMA } from './sarif-schema.ts';
import { ACME, LOOK, planOf, rendersOf } from './scenarios.ts';

const isSarif = new Ajv2020({ allErrors: true, strict: false }).compile(SARIF_SCHEMA);

/** One text in every place that a manifest, Zoho, git or a path can put it. */
function everything(text: string): Readonly<Record<string, Renders>> {
  const fields = [
    has('Trap', { type: 'integer', label: text }),
    has('Drifting', { length: 9, tooltip: { name: 'info_icon', value: text } }),
    has('Listed', { type: 'picklist', pick_list_values: options(text) }),
    has(text, { label: text }),
    has('Sourced', { type: 'picklist', global_picklist: { api_name: text }, pick_list_values: options('b') }),
    has('Translated', { label: `${text} seen`, display: text }),
  ];
  const wishes = [
    want('Drifting', { length: 8, tooltip: { name: 'info_icon', value: `wish ${text}` } }),
    want('Fresh', {
      type: text,
      label: text,
      description: text,
      [text]: text,
      pick_list_values: [{ display_value: text, actual_value: `${text}!` }],
    }),
    want(`${text}_`, { label: `${text} label` }),
    want('Trapped', { label: text }),
    want('Held', { label: `${text} seen` }),
    want('Sourced', { type: 'picklist', pick_list_values: [{ display_value: 'a', actual_value: 'a' }] }),
    want('Listed', { type: 'picklist', pick_list_values: [{ display_value: 'Low', actual_value: 'Low' }] }),
  ];
  const plan = { ...planOf(wishes, fields), manifest: { path: text, sha256: 'f' } };
  const diagnostic: Diagnostic = {
    severity: 'error',
    code: 'some-rule',
    message: text,
    remedy: text,
    file: text,
    line: 3,
    column: 5,
    frame: `> 3 | ${text}`,
  };
  const organisation = { id: text, name: text, type: text };
  const base = versionOf(text, [
    want('Fresh', { type: 'text', label: text, tooltip: { name: 'info_icon', value: text } }),
    want('Gone', { label: `${text} gone` }),
  ]);
  const head = versionOf(text, [
    want('Fresh', { type: text, label: `${text} new`, pick_list_values: [text, 'b'] }),
    want(`${text}New`, { label: `${text} gone` }),
  ]);
  const objection = { key: text, value: text, line: 3, column: 5 };
  const [first, second] = [has(text, { label: text }), has(`${text}1`, { label: text, display: `${text}!` })];
  const outcomes = ['failed', 'created_differs', 'finished', 'drift'] as const;
  const report = {
    ...reportWithoutTrying(plan, false),
    fields: plan.modules
      .flatMap((module) => module.entries)
      .map((entry, index) => ({
        entry: { ...entry, action: 'create' as const },
        outcome: outcomes[index % outcomes.length] ?? 'failed',
        id: text,
        code: text,
        objection,
        differences: [
          { key: text, want: text, live: { a: text }, permanent: true },
          { key: 'api_name', want: text, live: text, permanent: true },
        ],
        reasons: [
          { code: 'x', message: text, remedy: text },
          { code: 'y', message: `about ${objectionWords(objection)}` },
          duplicateReason(first, [second]),
        ],
      })),
  };
  const failure = new Problem('stale', [diagnostic, { severity: 'warning', code: 'y', message: text }]);
  return {
    plan: rendersOf(plan, {
      target: { ...ACME, organisation },
      unmanaged: true,
      inSync: true,
      diagnostics: [diagnostic],
      origins: findOrigins(plan, planOf(wishes.slice(2), fields)),
      apply: { command: `zoho-fields apply ${text}`, saved: true },
    }),
    diff: diffRenders({ base, head, changes: diffManifests(base, head), warnings: [diagnostic], look: LOOK }),
    validate: sarifOnly(
      validateRenders({ path: text, diagnostics: [diagnostic], fields: 0, modules: 0 }, LOOK),
    ),
    apply: applyRenders(
      plan,
      report,
      {
        target: { ...ACME, organisation },
        requests: { read: 1, write: 1 },
        diagnostics: [diagnostic],
        receipt: receiptOf(plan, report, { at: text, commit: text }),
      },
      LOOK,
    ),
    rehearsal: applyRenders(
      plan,
      report,
      {
        target: { ...ACME, organisation },
        requests: { read: 1, write: 1 },
        diagnostics: [],
        rehearsal: {
          snapshot: { path: text, takenAt: text, ageSeconds: 1 },
          exchanges: [
            { method: text, path: text, status: 207, body: { [text]: [text] }, answer: { fields: [text] } },
            { method: 'POST', path: text, status: 500, body: text, answer: text },
          ],
        },
      },
      LOOK,
    ),
    failure: failureRenders(failure, 'apply', text),
  };
}

/** The other formats of a verdict are made of the same blocks as a failure's. */
function sarifOnly({ sarif }: Renders): Renders {
  return sarif === undefined ? {} : { sarif };
}

function versionOf(path: string, fields: Manifest['modules'][number]['fields']): Manifest {
  return { path, sha256: 'f', modules: [{ module: path, fields }] };
}

/** What each medium's parsers hold against an output. */
const JUDGES: Readonly<Record<Format, (text: string) => readonly string[]>> = {
  text: (text) => [...rawControls(text), ...runnerSins(text)],
  csv: (text) => [...rawControls(text), ...runnerSins(text)],
  json: (text) => [
    ...rawControls(text),
    ...runnerSins(text),
    ...(typeof JSON.parse(text) === 'object' ? [] : ['no object']),
  ],
  markdown: (text) => [
    ...rawControls(text),
    ...runnerSins(text),
    ...markdownSins(text),
    ...(text.length > LONGEST_COMMENT ? [`${text.length} characters`] : []),
    ...(/^<!-- zoho-fields (?:plan|diff|validate|apply) manifest="[^"<>]*"(?: digest="[0-9a-f]{64}")? -->\n/u.test(
      text,
    )
      ? []
      : ['no marker']),
  ],
  html: (text) => [...rawControls(text), ...runnerSins(text), ...htmlSins(text)],
  github: (text) => [...rawControls(text), ...commandSins(text)],
  sarif: (text) => [
    ...rawControls(text),
    ...runnerSins(text),
    ...(isSarif(JSON.parse(text)) ? [] : [JSON.stringify(isSarif.errors)]),
  ],
  patch: (text) => [...rawControls(text), ...runnerSins(text)],
};

/** Annotations are commands, so here the question is whether each line is the one that was meant. */
function commandSins(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      const command = parseCommand(line);
      if (command === undefined) return [`no command: ${line.slice(0, 100)}`];
      const keys = [...command.properties.keys()].filter(
        (key) => !['file', 'line', 'col', 'title'].includes(key),
      );
      const name = ['error', 'warning', 'notice'].includes(command.name) ? [] : [`command ${command.name}`];
      const inside = rawControls(`${command.data}${[...command.properties.values()].join('')}`);
      const old = line.includes('##[') ? ['the old rule'] : [];
      return [...name, ...keys.map((key) => `property ${key}`), ...inside, ...old];
    });
}

/** Kinds of report beside the plan; every text goes through one of them, and every family through all. */
const OTHERS = ['diff', 'apply', 'failure', 'rehearsal'];

async function sinsOf(text: string, turn: number): Promise<readonly string[]> {
  const sins: string[] = [];
  for (const [kind, renders] of Object.entries(everything(text))) {
    if (OTHERS.includes(kind) && kind !== OTHERS[turn % OTHERS.length]) continue;
    for (const [format, render] of Object.entries(renders)) {
      const output = await render();
      const found = JUDGES[format as Format](output);
      sins.push(...found.map((sin) => `${kind} as ${format}: ${sin}`));
    }
  }
  return sins;
}

const BATCH = 45;

describe('hostile text', () => {
  it('comes in at least 400 forms', () => {
    expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(400);
  });

  it.each(Array.from({ length: Math.ceil(PAYLOADS.length / BATCH) }, (_, index) => index))(
    'acts in no format, batch %i',
    { timeout: 60_000 },
    async (index) => {
      const sins: Record<string, readonly string[]> = {};
      const batch = PAYLOADS.slice(index * BATCH, index * BATCH + BATCH);
      for (const [turn, payload] of batch.entries()) {
        const found = await sinsOf(payload, turn);
        if (found.length > 0) sins[JSON.stringify(payload)] = [...new Set(found)].slice(0, 5);
      }
      expect(sins).toEqual({});
    },
  );

  it.each(HUGE.map((text, index) => [index, text] as const))(
    'of a megabyte neither acts nor swells a comment, number %i',
    { timeout: 60_000 },
    async (turn, text) => {
      expect(await sinsOf(text, turn)).toEqual([]);
    },
  );

  it('is kept exactly in JSON, and read back from a patch', async () => {
    for (const payload of PAYLOADS.filter((text) => text.isWellFormed())) {
      const { plan, diff } = everything(payload);
      const document = JSON.parse((await plan?.json?.()) ?? '') as { fields: { field_label?: string }[] };
      expect(document.fields.some((field) => field.field_label === payload)).toBe(true);
      const patch = (await diff?.patch?.()) ?? '';
      const after = patch
        .split('\n')
        .filter((line) => /^[ +](?!\+\+)/u.test(line))
        .map((line) => line.slice(1))
        .join('\n');
      const [version] = parseAllDocuments(after);
      expect(version?.errors).toEqual([]);
      expect(version?.toJS()).toMatchObject({ module: payload });
    }
  });

  it('is shown to a reader who opens the page', async () => {
    for (const payload of PAYLOADS.filter((_, index) => index % 5 === 2)) {
      const page = (await everything(payload)['failure']?.html?.()) ?? '';
      expect(htmlText(page)).toContain(visible(payload));
    }
  });

  it('leaves the tables of a comment with the rows they have', async () => {
    const plain = markdownRows((await everything('plain')['plan']?.markdown?.()) ?? '');
    for (const payload of PAYLOADS.filter((_, index) => index % 5 === 2)) {
      const text = (await everything(payload)['plan']?.markdown?.()) ?? '';
      expect([payload, markdownRows(text)]).toEqual([payload, plain]);
    }
  });

  it('acts in no line about an event', () => {
    const style = LOOK.style;
    for (const payload of PAYLOADS) {
      const lines = [
        eventText({ type: 'sending', module: payload, api_names: [payload], batch: 1, batches: 2 }, style),
        eventText({ type: 'accepted', module: payload, api_name: payload, id: payload }, style),
      ];
      for (const line of lines) {
        expect([...rawControls(line ?? ''), ...runnerSins(line ?? '')]).toEqual([]);
      }
    }
  });
});
