import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { makeAudit } from '../../../src/audit/audit.ts';
import { bugReport } from '../../../src/cli/bug-report.ts';
import { makeMatrix } from '../../../src/matrix/matrix.ts';
import { auditRenders } from '../../../src/report/audit/formats.ts';
import { importModule, type Imported, readyStanzas } from '../../../src/import/import-module.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import { authJson, authText, type AuthStatus } from '../../../src/report/auth/status.ts';
import { diagnosticsText } from '../../../src/report/media/diagnostics.ts';
import { doctorJson, doctorText } from '../../../src/report/doctor/formats.ts';
import { importJson, importText } from '../../../src/report/import/text.ts';
import { matrixRenders } from '../../../src/report/matrix/formats.ts';
import { makeStyle, type Style } from '../../../src/report/media/layout.ts';
import { has, options, want } from '../../support/field.ts';
import { readAs, unread } from '../../support/matrices.ts';
import { csvSins, htmlSins, markdownRows, markdownSins, rawControls, runnerSins } from './judges.ts';
import { PAYLOADS } from './payloads.ts';
import { ACME, planOf, rendersOf } from './scenarios.ts';

/* The reports around the main job, and coloured screens; plans, applies and differences: `hostile.test.ts`. */

const LOOKS = [
  { style: makeStyle(false), width: 80 },
  { style: makeStyle(true), width: 80 },
] as const;

/** Hostile text wherever people may write in Zoho. */
function liveWith(text: string): readonly LiveField[] {
  return [
    has('Trap', { type: 'integer', label: text }),
    has('Tip', { length: 9, tooltip: { name: 'info_icon', value: text } }),
    has('Listed', { type: 'picklist', pick_list_values: options(text) }),
    has('Unused', { label: `Nobody uses ${text}`, used: false }),
    has(text, { label: text }),
  ];
}

function imported(text: string): Imported {
  const result = importModule({ module: 'Deals', live: liveWith(text), all: true, sorted: true });
  if (result === undefined) throw new Error('nothing was imported');
  return result;
}

/** What a runner, or a terminal, would obey; the codes of our own style are taken away first. */
function printed(text: string): readonly string[] {
  // oxlint-disable-next-line no-control-regex
  const plain = text.replaceAll(/\u001b\[(?:1|2|22|31|32|33|39)m/g, '');
  return [...rawControls(plain), ...runnerSins(plain)];
}

function audit(text: string, look: (typeof LOOKS)[number]) {
  const live = liveWith(text);
  const [plan] = planOf([want('Tip', { length: 8, description: text })], live).modules;
  const made = makeAudit({ module: text, live, edition: text, ...(plan === undefined ? {} : { plan }) });
  const target = { ...ACME, organisation: { id: text, name: text, type: text } };
  const told = { manifest: text, edition: text, narrowed: [text], diagnostics: [] };
  return auditRenders([made], { target, ...told, requests: { read: 2, write: 0 }, ...look });
}

/** One text as the name of a file, of a module, of a field, of an organisation, and as whatever Zoho answered. */
function matrix(text: string, look: { readonly style: Style; readonly width: number }) {
  const fields = [
    want('Tip', { length: 8 }),
    want(text, { label: text }),
    want('Trap', { label: `${text} 2` }),
    want('Trapped', { label: text }),
  ];
  const manifest = {
    path: text,
    sha256: 'f',
    modules: [
      { module: text, fields },
      { module: 'Leads', fields },
    ],
  };
  const organisation = { id: text, name: text, type: text };
  const made = makeMatrix(manifest, [
    readAs(text, manifest, [...liveWith(text), has(`${text}3`, { label: text })], {
      organisation,
      apiHost: text,
      dataCentre: text,
    }),
    readAs(`${text}!`, manifest, [has('Stage', { custom: false })]),
    unread('third', text),
  ]);
  const diagnostics = [{ severity: 'error' as const, code: 'x', message: `${text}: ${text}`, remedy: text }];
  return matrixRenders(made, { requests: { read: 2, write: 0 }, diagnostics, ...look });
}

function status(text: string): AuthStatus {
  const { name, origin } = { name: 'ZOHO_CLIENT_ID', origin: 'file' } as const;
  return {
    file: { path: text, exists: true },
    settings: [{ name, state: 'malformed', shown: text, origin, overrules: true, note: text }],
    place: { dataCentre: text, accountsUrl: text, apiUrl: text, environment: text, consoleUrl: text },
    token: { state: 'kept', scopes: [text], apiHost: text, endsAt: 1 },
  };
}

function checks(text: string) {
  const states = ['ok', 'warning', 'failed', 'skipped'] as const;
  return states.map((state) => ({ name: state, title: text, state, seen: text, remedy: text }));
}

/** Texts that hold a payload, each by the name of its report. */
async function texts(text: string): Promise<readonly (readonly [string, string])[]> {
  const [plain] = LOOKS;
  const verdict = { ready: false, sentence: text };
  const looked = await Promise.all(
    LOOKS.map(async (look): Promise<readonly (readonly [string, string])[]> => [
      ['audit', (await audit(text, look).text?.()) ?? ''],
      ['matrix', (await matrix(text, look).text?.()) ?? ''],
      ['narrow matrix', (await matrix(text, { ...look, width: 60 }).text?.()) ?? ''],
      ['doctor', doctorText(checks(text), verdict, look)],
      ['status', authText(status(text), { ...look, now: 0 })],
      [
        'plan',
        (await rendersOf(planOf([want('Trapped', { label: text })], liveWith(text)), look).text?.()) ?? '',
      ],
    ]),
  );
  const requests = { read: 1, write: 0 };
  return [
    ...looked.flat(),
    ['audit as JSON', (await audit(text, plain).json?.()) ?? ''],
    // Spreadsheets want both characters at the end of a line (RFC 4180).
    ['audit as CSV', ((await audit(text, plain).csv?.()) ?? '').replaceAll('\r\n', '\n')],
    ['matrix as JSON', (await matrix(text, plain).json?.()) ?? ''],
    ['matrix as CSV', ((await matrix(text, plain).csv?.()) ?? '').replaceAll('\r\n', '\n')],
    ['doctor as JSON', doctorJson(checks(text), verdict, { dataCentre: text, requests, elsewhere: [] })],
    ['status as JSON', authJson(status(text), [])],
  ];
}

function sinsOf(all: readonly (readonly [string, string])[]): readonly string[] {
  return all.flatMap(([name, text]) => printed(text).map((sin) => `${name}: ${sin}`));
}

/** Writing a manifest means to read and plan it many times: every fourth text, whatever carries it. */
const WRITTEN = PAYLOADS.filter((_, index) => index % 4 === 0);

describe('hostile text', { timeout: 120_000 }, () => {
  it('acts on no screen and in no document of audit, matrix, doctor and auth, with colours and without', async () => {
    for (const payload of PAYLOADS) expect([payload, sinsOf(await texts(payload))]).toEqual([payload, []]);
  });

  it('acts in no spreadsheet', async () => {
    for (const payload of PAYLOADS)
      for (const { csv } of [audit(payload, LOOKS[0]), matrix(payload, LOOKS[0])]) {
        const table = ((await csv?.()) ?? '').replaceAll('\r\n', '\n');
        expect([payload, csvSins(table)]).toEqual([payload, []]);
      }
    expect(csvSins('a,"=1"\n')).toHaveLength(1);
    expect(csvSins('a;=1\n')).toHaveLength(1);
  });

  it('leaves a matrix with the rows and the columns it has', async () => {
    const rowsOf = async (text: string): Promise<number> =>
      markdownRows((await matrix(text, LOOKS[0]).markdown?.()) ?? '');
    const plain = await rowsOf('plain');
    for (const payload of PAYLOADS.filter((_, index) => index % 5 === 2))
      expect([payload, await rowsOf(payload)]).toEqual([payload, plain]);
  });

  it('acts in no report of a bug of ours', () => {
    for (const payload of PAYLOADS) {
      const { report, diagnostics } = bugReport(new Error(payload));
      const screen = diagnosticsText(diagnostics, LOOKS[0]);
      expect([payload, printed(`${report}${screen}`)]).toEqual([payload, []]);
    }
  });

  it('acts in no page and no data dictionary', async () => {
    for (const payload of PAYLOADS.filter((_, index) => index % 6 === 0))
      for (const { html, markdown } of [audit(payload, LOOKS[0]), matrix(payload, LOOKS[0])]) {
        const [page, comment] = [(await html?.()) ?? '', (await markdown?.()) ?? ''];
        const sins = [...printed(page), ...htmlSins(page), ...printed(comment), ...markdownSins(comment)];
        expect([payload, sins]).toEqual([payload, []]);
      }
  });

  it('acts in no manifest that an import prints, nor in what is told beside it', () => {
    const view = { module: 'Deals', path: 'x.yaml', isInto: false, requests: { read: 2, write: 0 } };
    for (const payload of WRITTEN) {
      const result = imported(payload);
      const told = LOOKS.map((look) => importText(result, view, look));
      const all = [result.text, ...told, importJson(result, view)];
      expect([payload, all.flatMap((text) => printed(text))]).toEqual([payload, []]);
    }
  });

  it('is read back exactly from an imported manifest, or left out of it', () => {
    let kept = 0;
    for (const payload of WRITTEN) {
      const { fields } = parse(imported(payload).text) as { fields: readonly Record<string, unknown>[] };
      for (const { api_name, field_label, tooltip, pick_list_values } of fields) {
        const origin = liveWith(payload).find((field) => field.api_name === api_name);
        // Zoho trims labels, and so does every comparison.
        if (field_label !== undefined) expect(field_label).toBe(origin?.display_label.trim());
        if (tooltip !== undefined) expect(tooltip).toBe(payload);
        if (pick_list_values !== undefined) expect(pick_list_values).toEqual([payload]);
        kept += tooltip === undefined && pick_list_values === undefined ? 0 : 1;
      }
    }
    expect(kept, 'texts that got into a manifest').toBeGreaterThan(WRITTEN.length);
  });

  it('acts in no stanza that a plan offers', async () => {
    for (const payload of WRITTEN.filter((_, index) => index % 3 === 0)) {
      const fields = liveWith(payload);
      const plan = planOf([want('Fresh')], fields);
      const stanzas = readyStanzas(plan.modules, [{ module: 'Deals', fields }]);
      const text = (await rendersOf(plan, { unmanaged: true, stanzas }).text?.()) ?? '';
      expect([payload, printed(text)]).toEqual([payload, []]);
    }
  });
});
