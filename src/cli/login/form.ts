import {
  environmentUrl,
  type DataCentre,
  type Environment,
  DATA_CENTRES,
  ENVIRONMENTS,
} from '../../zoho/auth/data-centre.ts';
import { type Place, readPasted, readPlace } from '../../run/credentials.ts';
import { consoleOf } from '../../run/local-zoho.ts';
import type { Granted } from '../../zoho/auth/token.ts';
import { Secret } from '../../zoho/redact.ts';
import { pastingFault, parseDataCentre } from '../../credentials/typed-values.ts';
import { meantOrAll } from '../../model/closest.ts';
import { misuse, problem, type Diagnostic } from '../../model/problem.ts';
import { visibleShort } from '../../model/visible.ts';
import { ENVIRONMENT, SettingsCheck, type FileSettings } from '../../run/settings.ts';
import type { Io } from '../../machine/io.ts';
import type { Look } from '../../report/media/layout.ts';
import { diagnosticsText } from '../../report/media/diagnostics.ts';

/** The names of what a login may write. */
export type LoginName =
  | 'ZOHO_DC'
  | 'ZOHO_API_URL'
  | 'ZOHO_CLIENT_ID'
  | 'ZOHO_CLIENT_SECRET'
  | 'ZOHO_REFRESH_TOKEN';

/**
 * What a login knows so far. What is absent is asked for; what turns out wrong is taken out again, and nothing else, so
 * that nobody types anything twice.
 */
export interface Form {
  dataCentre?: DataCentre;
  /** `ZOHO_ACCOUNTS_URL`, where it is set. */
  accountsUrl?: URL;
  /** `ZOHO_API_URL`, where it is set and no flag overrules it; it decides instead of the environment. */
  fixedApiUrl?: URL;
  environment?: Environment;
  /** In a rehearsal the built-in Zoho, which takes the place of every host, whatever is answered. */
  readonly stage?: URL;
  clientId?: string;
  clientSecret?: Secret;
  code?: Secret;
  /** What the code was exchanged for; from now on only the proof is missing. */
  granted?: Granted;
  /** Answers that were taken back; pressing Enter alone keeps one. */
  readonly last: { dataCentre?: DataCentre; clientId?: string; clientSecret?: Secret };
  /** Codes that Zoho has refused: the same one will not do. */
  readonly refused: Set<string>;
  /** For which console and which refusal the way to a code was shown in full. */
  shown?: string;
  /** What was asked or given by a flag, and so has to be written. */
  readonly edits: Map<LoginName, string>;
}

/** Where the form points. */
export function placeOf(form: Form & { readonly dataCentre: DataCentre }): Place {
  const { dataCentre, accountsUrl, fixedApiUrl, environment = 'production', stage } = form;
  if (stage !== undefined) return { dataCentre, accountsUrl: stage, apiUrl: stage };
  const other = environment === 'production' ? undefined : environmentUrl(dataCentre, environment);
  const apiUrl = fixedApiUrl ?? (other === undefined ? undefined : new URL(other));
  return {
    dataCentre,
    accountsUrl: accountsUrl ?? new URL(dataCentre.accountsUrl),
    ...(apiUrl === undefined ? {} : { apiUrl }),
  };
}

/** Where the person gets client and code. */
export function consoleUrlOf({ stage }: Form, dataCentre: DataCentre): string {
  return stage === undefined ? dataCentre.consoleUrl : consoleOf(stage.href);
}

/**
 * What `ZOHO_API_URL` has to be for what was chosen: empty for production, whose host the token answer names itself.
 * @returns `undefined` where nothing was chosen, or the data centre has no such host that is known (sheet §1.5).
 */
export function apiUrlValue({ dataCentre, environment }: Form): string | undefined {
  if (environment === undefined || dataCentre === undefined) return undefined;
  return environment === 'production' ? '' : environmentUrl(dataCentre, environment);
}

/** What may be said on the command line: no secret. */
export interface LoginFlags {
  readonly dc?: string;
  readonly environment?: string;
  readonly clientId?: string;
}

export interface LoginOptions extends LoginFlags {
  readonly settings?: string;
  /** Whose fields are read as proof. */
  readonly module: string;
  readonly keepOldToken?: boolean;
  readonly tokenCache: boolean;
  /** A rehearsal, with the built-in Zoho. */
  readonly emulator?: boolean;
}

/** What stays the same through a whole login. */
export interface Login {
  readonly options: LoginOptions;
  readonly io: Io;
  readonly settings: FileSettings;
  readonly view: Look;
}

/** Says what went wrong, or what to know, beside the questions. */
export function tell({ io, view }: Login, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) io.stderr.write(`\n${diagnosticsText(diagnostics, view)}`);
}

/** The person closed the input or pressed Ctrl-C: a way out through all questions, not a failure. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The answer, or the way out. */
export function answered<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new Stopped('stopped');
  return answer;
}

/**
 * The form as flags, environment and file fill it.
 *
 * A client id or secret that is malformed in the file is left out when someone can be asked: it will be replaced. In
 * the environment it has to be fixed there, since the environment wins over whatever is written.
 * @param asking whether what is missing can be asked for.
 * @param stage the built-in Zoho of a rehearsal.
 * @throws Problem `configuration` naming what is malformed, and without anyone to ask also what is missing.
 */
export function beginForm(flags: LoginFlags, settings: FileSettings, asking: boolean, stage?: URL): Form {
  const form: Form = {
    edits: new Map(),
    last: {},
    refused: new Set(),
    ...(stage === undefined ? {} : { stage }),
  };
  const check = new SettingsCheck();
  readWhere(form, settings, { check, asking });
  readClient(form, settings, { check, asking, flags });
  takeFlags(form, flags, settings);
  check.finish();
  return form;
}

interface Judging {
  readonly check: SettingsCheck;
  readonly asking: boolean;
}

function readWhere(form: Form, settings: FileSettings, { check, asking }: Judging): void {
  const own = new SettingsCheck();
  const { dataCentre, accountsUrl, apiUrl } = readPlace(settings, own);
  for (const { code, message, remedy = '' } of own.found) check.add(code, message, remedy);
  if (settings.get('ZOHO_DC') !== undefined || !asking) form.dataCentre = dataCentre;
  if (settings.get('ZOHO_ACCOUNTS_URL') !== undefined) form.accountsUrl = accountsUrl;
  if (apiUrl !== undefined) form.fixedApiUrl = apiUrl;
  if (!asking) form.environment = 'production';
}

function readClient(
  form: Form,
  settings: FileSettings,
  { check, asking, flags }: Judging & { readonly flags: LoginFlags },
): void {
  for (const name of ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET'] as const) {
    const setting = settings.get(name);
    const fromFlag = name === 'ZOHO_CLIENT_ID' && flags.clientId !== undefined;
    const sound = setting !== undefined && pastingFault(name, setting.value) === undefined;
    if (fromFlag && !sound) continue;
    const inEnvironment = setting?.origin === ENVIRONMENT;
    if (!sound && asking && !inEnvironment) continue;
    if (setting === undefined) {
      check.add(
        'not-configured',
        `${name} is not set, and there is no terminal to ask at. It was looked for in ${settings.searched}.`,
        name === 'ZOHO_CLIENT_ID'
          ? 'Put it into the environment or the file, or behind --client-id.'
          : 'Put it into the environment or the file.',
      );
      continue;
    }
    const value = readPasted(name, settings, check);
    if (name === 'ZOHO_CLIENT_ID') form.clientId = value;
    else form.clientSecret = new Secret(value);
  }
}

function takeFlags(form: Form, flags: LoginFlags, settings: FileSettings): void {
  if (flags.dc !== undefined) {
    const found = parseDataCentre(flags.dc);
    if (found === undefined)
      throw noValueOf(
        '--dc',
        flags.dc,
        DATA_CENTRES.map(({ name }) => name),
      );
    form.dataCentre = found;
    note(form, settings, { name: 'ZOHO_DC', value: found.name, flag: '--dc' });
  }
  if (flags.clientId !== undefined) {
    const fault = pastingFault('ZOHO_CLIENT_ID', flags.clientId);
    if (flags.clientId === '' || fault !== undefined) throw wrongFlag('--client-id', fault ?? 'is empty');
    form.clientId = flags.clientId;
    note(form, settings, { name: 'ZOHO_CLIENT_ID', value: flags.clientId, flag: '--client-id' });
  }
  if (flags.environment !== undefined) takeEnvironment(form, flags.environment, settings);
}

function takeEnvironment(form: Form, wanted: string, settings: FileSettings): void {
  const environment = ENVIRONMENTS.find((one) => one === wanted);
  if (environment === undefined) throw noValueOf('--environment', wanted, ENVIRONMENTS);
  if (settings.get('ZOHO_API_URL')?.origin === ENVIRONMENT)
    throw problem(
      'configuration',
      'flag-against-environment',
      '--environment decides about ZOHO_API_URL, which is set in the environment and would win over the file.',
      'Take ZOHO_API_URL out of the environment, or leave --environment out.',
    );
  form.environment = environment;
  delete form.fixedApiUrl;
}

interface FlagValue {
  readonly name: LoginName;
  readonly value: string;
  readonly flag: string;
}

/** What a flag says is written, and must not be overruled by the environment later. */
function note(form: Form, settings: FileSettings, { name, value, flag }: FlagValue): void {
  const setting = settings.get(name);
  if (setting?.origin === ENVIRONMENT && setting.value !== value)
    throw problem(
      'configuration',
      'flag-against-environment',
      `${flag} says something else than ${name} in the environment, which would win over the file.`,
      `Take ${name} out of the environment, or leave ${flag} out.`,
    );
  if ((settings.inFile(name) ?? '') !== value) form.edits.set(name, value);
}

function noValueOf(flag: string, value: string, values: readonly string[]): Error {
  const message = `"${visibleShort(value)}" is not a value of ${flag}.`;
  return misuse(message, meantOrAll(value, values));
}

function wrongFlag(flag: string, why: string): Error {
  return misuse(`The value of ${flag} ${why}.`, 'See "zoho-fields auth login --help".');
}
