import type { Json, JsonObject } from '../../../src/model/json.ts';
import type { LiveField, Seen } from '../../../src/model/live-field.ts';
import type { Diagnostic } from '../../../src/model/problem.ts';
import type { Observations, Question } from '../../../src/probe/ask.ts';
import { judge } from '../../../src/probe/findings.ts';
import type { FactValue } from '../../../src/probe/value.ts';
import type { Renders } from '../../../src/report/media/formats.ts';
import type { Target } from '../../../src/report/plan/view.ts';
import { probeRenders } from '../../../src/report/probe/formats.ts';
import type { ProbeView } from '../../../src/report/probe/text.ts';
import { has } from '../../support/field.ts';
import { examples } from '../../support/organisation.ts';

const seen = (status: number, json: Json, ms: number): Seen => ({ status, json, limits: [], ms });
const refused = (status: number, code: string, ms: number): Seen =>
  seen(status, { code, status: 'error', details: {}, message: '' }, ms);

const TEXT = examples.find((field) => field['data_type'] === 'text') ?? {};
const PICKLIST = examples.find((field) => field['data_type'] === 'picklist') ?? {};
const { tooltip: _, ...withoutTooltip } = TEXT;

const FIELDS: readonly JsonObject[] = [
  { ...withoutTooltip, id: '5725767000000002565', a_key_that_nobody_knows: true, custom_field: true },
  { ...PICKLIST, id: '5725767000000009001', custom_field: true, length: 100, pick_list_values: [] },
];

/** An organisation that differs in a few things, and of which some cannot be seen. */
const ANSWERS: ReadonlyMap<Question, Seen> = new Map([
  ['unused', seen(204, null, 31)],
  ['single', seen(200, { fields: [FIELDS[1] ?? null] }, 52)],
  ['unknown_id', refused(404, 'INVALID_DATA', 38)],
  ['options', seen(200, { pick_list_values: [] }, 40)],
  ['missing_module', refused(400, 'REQUIRED_PARAM_MISSING', 29)],
  ['unknown_module', refused(400, 'INVALID_MODULE', 30)],
  ['other_case', refused(400, 'INVALID_MODULE', 30)],
  ['unknown_path', refused(404, 'A_CODE_OF_NO_PAGE', 27)],
  ['modules', seen(200, { modules: [] }, 61)],
  ['profiles', refused(403, 'NO_PERMISSION', 33)],
  ['layouts', refused(500, 'INTERNAL_ERROR', 900)],
  ['organisation', refused(401, 'OAUTH_SCOPE_MISMATCH', 35)],
]);

const SEEN: Observations = {
  token: { scope: 'present', apiDomain: 'named', environment: 'sandbox', life: 'seconds', seconds: 3600 },
  list: { ...seen(200, { fields: FIELDS }, 412), limits: ['x-accesstoken-reset'] },
  fields: FIELDS,
  answers: ANSWERS,
  silent: new Set<Question>(['bearer']),
};

const MADE: ReadonlyMap<string, FactValue> = new Map<string, FactValue>([
  ['create.api_name', 'ignored'],
  ['create.symbols', 'as_believed'],
  ['create.letters', 'dropped'],
  ['create.some', '207'],
  ['create.order', 'in_another_order'],
  ['create.label_most', 25],
  ['create.shown', 'within_5_seconds'],
  ['create.label_patch', '400 OTHER'],
]);

const LEFT: readonly LiveField[] = [
  has('ZF_Probe_Xq1w2e_A', { id: '5725767000000009101', label: 'ZF Probe Xq1w2e A' }),
  has('ZF_Probe_Xq1w2e_B', { id: '5725767000000009102', label: 'ZF-Probe Xq1w2e (B)' }),
  has('ZF_Prbe_Xq1w2e', { id: '5725767000000009103', label: 'ZF Pr\u00e9be Xq1w2e' }),
];

const SANDBOX: Target = {
  dataCentre: 'eu',
  apiHost: 'sandbox.zohoapis.eu',
  organisation: { id: '20091234568', name: 'Acme GmbH', type: 'sandbox' },
};

/** How a report looks on a screen. */
type Look = Pick<ProbeView, 'style' | 'width'>;

/** A probe that only reads. */
export function reading(look: Look): Renders {
  const view = { target: SANDBOX, module: 'Deals', requests: { read: 21, write: 0 }, ...look };
  return probeRenders(judge(SEEN), { ...view, out: 'zoho.profile.json' });
}

/** A probe that created, in a Zoho that is another one in much. */
export function creating(look: Look): Renders {
  const view = { target: SANDBOX, module: 'Deals', requests: { read: 26, write: 2 }, created: LEFT, ...look };
  return probeRenders(judge({ ...SEEN, made: MADE }), view);
}

/** A probe whose answer was lost, in an organisation whose every text is hostile. */
export function losing(look: Look): Renders {
  const evil = 'a\u001b[31m ::error::owned\r\n <b>bold</b> @everyone \u202egnp.exe |`--> ';
  const label = `ZF Probe Xq1w2e ${'L'.repeat(240)}`;
  const notShown: Diagnostic = {
    severity: 'error',
    code: 'not-shown',
    message: 'No read shows what became of "ZF Probe Xq1w2e LLLLLLLLLLLLLLLLLLLLLLL…".',
    remedy: 'Look for these labels in Zoho in a few minutes, among the fields of the module.',
  };
  const view: ProbeView = {
    target: { ...SANDBOX, organisation: { id: '1', name: evil.repeat(9), type: evil } },
    module: evil,
    requests: { read: 25, write: 1 },
    created: [has(evil.repeat(9), { id: evil.repeat(9), label: evil.repeat(9) })],
    unknown: [label],
    ...look,
  };
  const fields = [{ [evil]: evil, id: evil, api_name: evil, data_type: evil, length: evil }];
  const answers = new Map([...ANSWERS].map(([question]) => [question, refused(400, evil, 1)]));
  return probeRenders(judge({ ...SEEN, fields, answers, made: new Map() }), view, [notShown]);
}
