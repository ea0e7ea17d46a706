import { loadManifest } from '../../../../src/manifest/load.ts';
import { isObject, property, type Json } from '../../../../src/model/json.ts';
import type { Manifest } from '../../../../src/model/manifest.ts';
import { Problem } from '../../../../src/model/problem.ts';
import { makePlan } from '../../../../src/plan/make-plan.ts';
import { readLive } from '../../../../src/plan/plan-live.ts';
import { ZohoReader } from '../../../../src/zoho/reader.ts';
import { Session } from '../../../../src/zoho/session.ts';
import { TransportError, type HttpAnswer, type HttpRequest } from '../../../../src/zoho/http/transport.ts';
import { ZohoWriter } from '../../../../src/zoho/writer.ts';
import type { Corpus } from '../corpus.ts';
import { planFlaws, renderFlaws } from '../planning.ts';
import { crash, law, type Flaw } from '../trial.ts';
import type { Attack } from './attack.ts';
import { accessToken, credentials, host, problemFlaws } from './credentials.ts';
import { isBelieved } from './readers.ts';
import type { Reading } from './readers.ts';

/** The request whose answer is spoilt; everything else answers as Zoho does. */
export type Place = 'token' | 'list' | 'single' | 'profiles' | 'global_picklists' | 'write';
/** The list of fields is what everything rests on, so it is spoilt most. */
export const places: readonly Place[] = [
  'token',
  'list',
  'list',
  'list',
  'single',
  'single',
  'profiles',
  'global_picklists',
  'write',
];

/** More requests than any run may need: three tries of each of a handful. */
const mostRequests = 60;

const wished = `module: Deals
fields:
  - {api_name: Deal_Name, data_type: text, create: false}
  - {api_name: Stage, data_type: picklist, create: false, pick_list_values: [Qualification]}
  - {api_name: Type, data_type: picklist, create: false, pick_list_values: [New Business]}
  - {api_name: Amount, data_type: currency, create: false, length: 16, currency: normal, decimal_place: 2}
  - {api_name: Risk, field_label: Risk, data_type: text, length: 50, tooltip: {name: info_icon, value: Help}, crypt: {mode: decryption}}
  - {api_name: Tier, field_label: Tier, data_type: picklist, pick_list_values: [Gold, Silver], enable_colour_code: true}
  - {api_name: Partner_Account, field_label: Partner Account, data_type: lookup, lookup: {module: {api_name: Accounts}, display_label: Partners}}
  - {api_name: Code, field_label: Code, data_type: text, length: 20, unique: true, profiles: {Standard: hidden}, external: {type: user}}
  - {api_name: Partner_Code, field_label: Partner Code, data_type: text, length: 50, unique: true, tooltip: Help}
  - {api_name: Region, field_label: Region, data_type: picklist, global_picklist: Regions}
  - {api_name: Margin_2, field_label: Margin 2, data_type: currency, currency: normal, profiles: {Standard: read_only}}
`;

/** What a run asks for, so that every reader has something to do. */
export function wishedManifest(): Manifest {
  const { manifest } = loadManifest({ path: 'fields.yaml', bytes: new TextEncoder().encode(wished) });
  if (manifest === undefined) throw new Error('the manifest of the fuzzer is invalid');
  return manifest;
}

/** A whole plan, and a write, through a session whose network answers once what Zoho never would. */
export async function wholeRun(
  corpus: Corpus,
  manifest: Manifest,
  place: Place,
  attack: Attack,
  isShown: boolean,
): Promise<Reading> {
  const asked = new Set<Place>();
  let requests = 0;
  const transport = (request: HttpRequest): Promise<HttpAnswer> => {
    requests += 1;
    if (requests > mostRequests) return Promise.reject(new Error(`more than ${mostRequests} requests`));
    const here = placeOf(request);
    asked.add(here);
    if (here !== place) return Promise.resolve(healthy(corpus, here, request));
    if (attack.answer.status === 0)
      return Promise.reject(new TransportError('reset', host, `${host} hung up`));
    return Promise.resolve(attack.answer);
  };
  const session = new Session(credentials, {
    transport,
    wait: () => Promise.resolve(),
    random: () => 0.5,
    now: () => 0,
  });
  try {
    const { modules, directory } = await readLive(manifest, new ZohoReader(session));
    const plan = makePlan(manifest, modules, directory);
    const flaws: Flaw[] = [...planFlaws(manifest, plan), ...(isShown ? await renderFlaws(plan) : [])];
    if (asked.has(place) && mustNotBeBelieved(attack, place))
      flaws.push(law(`a plan with ${plan.summary.create} fields to create, out of a broken ${place}`));
    const written = await new ZohoWriter(session).create('Deals', [{ field_label: 'A' }]);
    if (place === 'write' && attack.isBroken && isBelieved(written))
      flaws.push(law(`a broken answer to a write counts as ${written.kind}`));
    return { flaws, kind: 'a plan' };
  } catch (error) {
    if (!(error instanceof Problem)) return { flaws: [crash(error)], kind: 'a crash' };
    return { flaws: problemFlaws(error), kind: error.diagnostics[0]?.code ?? error.kind };
  }
}

/** A list is whole under HTTP 200 only; 204 says of global picklists that there are none (sheet §10.3). */
function mustNotBeBelieved({ answer, isBroken }: Attack, place: Place): boolean {
  if (place === 'write') return false;
  if (place === 'token') return isBroken;
  if (place === 'global_picklists' && answer.status === 204) return false;
  return isBroken || answer.status !== 200;
}

function placeOf({ method, url }: HttpRequest): Place {
  if (url.endsWith('/oauth/v2/token')) return 'token';
  if (method !== 'GET') return 'write';
  if (url.includes('settings/profiles')) return 'profiles';
  if (url.includes('settings/global_picklists')) return 'global_picklists';
  return url.includes('settings/fields/') ? 'single' : 'list';
}

/** The same for every run of a campaign, but for what names no field of the corpus. */
const answered = new Map<string, HttpAnswer>();

function healthy(corpus: Corpus, place: Place, request: HttpRequest): HttpAnswer {
  const key = `${place} ${request.url}`;
  const answer = answered.get(key) ?? healthyAnswer(corpus, place, request);
  if (answered.size < 500) answered.set(key, answer);
  return answer;
}

function healthyAnswer(corpus: Corpus, place: Place, { url }: HttpRequest): HttpAnswer {
  const [list] = corpus.fields;
  const [profiles, picklists] = corpus.names;
  if (place === 'token')
    return ok({
      access_token: accessToken,
      api_domain: `https://${host}`,
      expires_in: 3600,
      token_type: 'Bearer',
    });
  if (place === 'profiles') return profiles ?? ok({});
  if (place === 'global_picklists') return picklists ?? ok({});
  if (place === 'write')
    return { status: 201, text: '{"fields":[{"code":"SUCCESS","details":{"id":"1"},"status":"success"}]}' };
  const fields = fieldsOf(list?.text ?? '');
  // Some organisations leave the options out of the list (sheet §2.2), so that fields are read one by one.
  if (place === 'list') return ok({ fields: fields.map((field) => ({ ...field, pick_list_values: [] })) });
  const id = decodeURIComponent(/settings\/fields\/([^?]*)/u.exec(url)?.[1] ?? '');
  return ok({ fields: fields.filter((field) => field['id'] === id) });
}

function fieldsOf(text: string): readonly Readonly<Record<string, Json>>[] {
  const json = JSON.parse(text) as Json;
  const fields = isObject(json) ? property(json, 'fields') : undefined;
  return Array.isArray(fields) ? (fields as readonly Json[]).filter((one) => isObject(one)) : [];
}

function ok(json: Json): HttpAnswer {
  return { status: 200, text: JSON.stringify(json) };
}
