import { count } from '../../model/count.ts';
import { GUIDE_SCOPES, minimalScopes, SCOPE_NEEDS } from '../../credentials/scope-needs.ts';
import { pastingFault, oddForm, maskedId } from '../../credentials/typed-values.ts';
import type { Io } from '../../machine/io.ts';
import { problem } from '../../model/problem.ts';
import { clientText, codeText, remarkText } from '../../report/auth/login-text.ts';
import {
  apiHostOwner,
  DATA_CENTRES,
  ENVIRONMENTS,
  environmentUrl,
  webDomain,
  type DataCentre,
  type Environment,
} from '../../zoho/auth/data-centre.ts';
import { consoleUrlOf, type Form, answered } from './form.ts';
import { Secret } from '../../zoho/redact.ts';
import type { Look } from '../../report/media/layout.ts';

/** Asks a person for whatever the form lacks, the outermost first: the data centre decides the console's address. */
export async function askMissing(form: Form, io: Io, view: Look): Promise<void> {
  const dataCentre = (form.dataCentre ??= await askDataCentre(form, io));
  if (form.fixedApiUrl === undefined) await askEnvironment(form, dataCentre, { io, view });
  if (form.clientId === undefined || form.clientSecret === undefined) {
    io.stderr.write(clientText(consoleUrlOf(form, dataCentre), view));
    await askClient(form, { io, view });
  }
  if (form.granted === undefined) await askCode(form, dataCentre, { io, view });
}

interface Asking {
  readonly io: Io;
  readonly view: Look;
}

async function askDataCentre(form: Form, io: Io): Promise<DataCentre> {
  const dataCentre = answered(
    await io.stdin.choose({
      message: 'Data centre: which of these is in the address of your Zoho CRM?',
      options: DATA_CENTRES.map((one) => ({ value: one, label: `${one.name} (${webDomain(one)})` })),
      initial: form.last.dataCentre ?? DATA_CENTRES[0],
    }),
  );
  form.edits.set('ZOHO_DC', dataCentre.name);
  return dataCentre;
}

async function askEnvironment(form: Form, dataCentre: DataCentre, { io, view }: Asking): Promise<void> {
  const known = ENVIRONMENTS.filter((one) => environmentUrl(dataCentre, one) !== undefined);
  if (form.environment !== undefined && !known.includes(form.environment)) {
    const none = `No ${form.environment} host is known in the data centre ${dataCentre.name}: set ZOHO_API_URL if yours has one.`;
    io.stderr.write(remarkText(none, view));
    delete form.environment;
  }
  if (form.environment !== undefined) return;
  if (known.length === 1) {
    form.environment = 'production';
    return;
  }
  form.environment = answered(
    await io.stdin.choose({
      message: 'Environment:',
      options: known.map((one) => ({ value: one, label: `${one}: ${ENVIRONMENT_WORDS[one]}` })),
      initial: 'production',
    }),
  );
}

const ENVIRONMENT_WORDS: Readonly<Record<Environment, string>> = {
  production: 'the organisation that people work in',
  sandbox: 'a sandbox of it',
  developer: 'a developer organisation',
};

async function askClient(form: Form, asking: Asking): Promise<void> {
  if (form.clientId === undefined) {
    const last = form.last.clientId;
    const shown = last === undefined ? {} : { keep: maskedId(last) };
    const id = await askPasted({ name: 'ZOHO_CLIENT_ID', title: 'Client ID', ...shown }, last, asking);
    form.clientId = id;
    form.edits.set('ZOHO_CLIENT_ID', id);
  }
  if (form.clientSecret === undefined) {
    const last = form.last.clientSecret?.reveal();
    const secret = await askHidden({ name: 'ZOHO_CLIENT_SECRET', title: 'Client Secret' }, last, asking);
    form.clientSecret = new Secret(secret);
    form.edits.set('ZOHO_CLIENT_SECRET', secret);
  }
}

async function askCode(form: Form, dataCentre: DataCentre, { io, view }: Asking): Promise<void> {
  const last = form.code?.reveal();
  if (last === undefined) io.stderr.write(wayToCode(form, dataCentre, view));
  const code = await askHidden({ name: 'code', title: 'Code' }, last, { io, view });
  if (form.refused.has(code))
    io.stderr.write(remarkText('Note: that code was refused before; each works once, if at all.', view));
  form.code = new Secret(code);
}

/** The whole way the first time, and where it leads elsewhere; otherwise a reminder. */
function wayToCode(form: Form, dataCentre: DataCentre, view: Look): string {
  const consoleUrl = consoleUrlOf(form, dataCentre);
  const environment =
    form.fixedApiUrl === undefined
      ? (form.environment ?? 'production')
      : (apiHostOwner(form.fixedApiUrl.host)?.environment ?? 'own');
  const way = `${consoleUrl} ${environment}`;
  if (form.shown === way)
    return '\nSame place: "Generate Code", the same line of scopes, 10 minutes, "Create".\n';
  form.shown = way;
  const guide = {
    consoleUrl,
    environment,
    scopes: minimalScopes(),
    reasons: SCOPE_NEEDS,
    guide: GUIDE_SCOPES.join(','),
  };
  return `${codeText(guide, view)}\n`;
}

/** What is copied from Zoho's console. */
interface Pasted {
  readonly name: 'ZOHO_CLIENT_ID' | 'ZOHO_CLIENT_SECRET' | 'code';
  readonly title: string;
  /** The last answer, as it may be shown. */
  readonly keep?: string;
  readonly secret?: boolean;
}

/**
 * Asks until something comes that can have been copied; says what is odd about it, and lets Zoho judge.
 * @param last what Enter alone gives.
 */
async function askPasted(
  { name, title, ...shown }: Pasted,
  last: string | undefined,
  { io, view }: Asking,
): Promise<string> {
  const keeps = last === undefined ? '' : ' (Enter keeps the last one)';
  const validate = (answer: string): string | undefined => {
    if (answer === '') return last === undefined ? 'Nothing came. Paste it here.' : undefined;
    const fault = pastingFault(name, answer);
    return fault === undefined ? undefined : `What came ${fault}. Copy it again, alone and whole.`;
  };
  const question = { message: `${title}${keeps}:`, ...shown, validate };
  const answer = answered(await io.stdin.ask(question)).trim();
  if (answer === '' && last !== undefined) return last;
  const odd = oddForm(name, answer);
  if (odd !== undefined)
    io.stderr.write(remarkText(`Note: what came ${odd}. It is sent to Zoho as it is.`, view));
  return answer;
}

async function askHidden(pasted: Pasted, last: string | undefined, asking: Asking): Promise<string> {
  const value = await askPasted({ ...pasted, secret: true }, last, asking);
  if (value !== last) asking.io.stderr.write(`Received ${count(value.length, 'character')}.\n`);
  return value;
}

/** A code has 70 characters; whatever is this long is another file. */
const MOST_BYTES = 4096;

/**
 * The code from standard input, for those who are not at a terminal.
 * @throws Problem `configuration` where it is missing or malformed.
 */
export async function readCode(io: Io): Promise<Secret> {
  const text = new TextDecoder().decode(await io.stdin.read(MOST_BYTES + 1)).trim();
  if (text === '')
    throw problem(
      'configuration',
      'no-code',
      'No code came on standard input, and there is no terminal to ask at.',
      'Pipe the code in, or run the command in a terminal: it then shows where to get one.',
    );
  const fault = text.length > MOST_BYTES ? 'is far too long' : pastingFault('code', text);
  if (fault !== undefined)
    throw problem(
      'configuration',
      'malformed-value',
      `What came on standard input ${fault}.`,
      'Pipe in the code alone and whole.',
    );
  return new Secret(text);
}
