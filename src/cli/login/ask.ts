import { parseDataCentre } from '../../credentials/parse-data-centre.ts';
import { maskedId } from '../../credentials/mask.ts';
import { pastingFault } from '../../credentials/pasting-fault.ts';
import { GUIDE_SCOPES, minimalScopes, SCOPE_NEEDS } from '../../credentials/scope-needs.ts';
import { oddForm } from '../../credentials/usual-form.ts';
import {
  clientText,
  codeText,
  dataCentreText,
  environmentText,
  remarkText,
  type LoginView,
} from '../../report/login-text.ts';
import {
  apiHostOwner,
  DATA_CENTRES,
  ENVIRONMENTS,
  environmentUrl,
  webDomain,
  type DataCentre,
} from '../../zoho/data-centre.ts';
import { Secret } from '../../zoho/secret.ts';
import type { Io } from '../io.ts';
import type { Form } from './form.ts';
import { answered } from './stopped.ts';

/** Asks a person for whatever the form lacks, the outermost first: the data centre decides the console's address. */
export async function askMissing(form: Form, io: Io, view: LoginView): Promise<void> {
  const dataCentre = (form.dataCentre ??= await askDataCentre(form, io, view));
  if (form.fixedApiUrl === undefined) await askEnvironment(form, dataCentre, { io, view });
  if (form.clientId === undefined || form.clientSecret === undefined) {
    io.stderr.write(clientText(dataCentre.consoleUrl, view));
    await askClient(form, { io, view });
  }
  if (form.granted === undefined) await askCode(form, dataCentre, { io, view });
}

interface Asking {
  readonly io: Io;
  readonly view: LoginView;
}

async function askDataCentre(form: Form, io: Io, view: LoginView): Promise<DataCentre> {
  io.stderr.write(
    dataCentreText(
      DATA_CENTRES.map((one) => ({ name: one.name, domain: webDomain(one) })),
      view,
    ),
  );
  const usual = form.last.dataCentre?.name ?? 'us';
  for (;;) {
    const answer = answered(await io.stdin.readLine(`Data centre [${usual}]: `)).trim();
    const found = parseDataCentre(answer === '' ? usual : answer);
    if (found !== undefined) {
      form.edits.set('ZOHO_DC', found.name);
      return found;
    }
    io.stderr.write(
      `Not one of them. Type the short name, such as eu, or paste the address of your Zoho CRM.\n`,
    );
  }
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
  io.stderr.write(environmentText(view));
  while (form.environment === undefined) {
    const answer = answered(await io.stdin.readLine('Environment [production]: '))
      .trim()
      .toLowerCase();
    const found = known.find((one) => one === answer || (answer !== '' && one.startsWith(answer)));
    if (answer === '') form.environment = 'production';
    else if (found !== undefined) form.environment = found;
    else io.stderr.write(`Type one of: ${known.join(', ')}.\n`);
  }
}

async function askClient(form: Form, { io, view }: Asking): Promise<void> {
  if (form.clientId === undefined) {
    const last = form.last.clientId;
    const keeps = last === undefined ? '' : ` [Enter keeps ${maskedId(last)}]`;
    const id = await askPasted(
      { name: 'ZOHO_CLIENT_ID', fallback: last },
      () => io.stdin.readLine(`Client ID${keeps}: `),
      { io, view },
    );
    form.clientId = id;
    form.edits.set('ZOHO_CLIENT_ID', id);
  }
  if (form.clientSecret === undefined) {
    const last = form.last.clientSecret?.reveal();
    const keeps = last === undefined ? '' : '; Enter keeps it';
    const secret = await askHidden(
      { name: 'ZOHO_CLIENT_SECRET', fallback: last },
      `Client Secret (not shown${keeps}): `,
      { io, view },
    );
    form.clientSecret = new Secret(secret);
    form.edits.set('ZOHO_CLIENT_SECRET', secret);
  }
}

async function askCode(form: Form, dataCentre: DataCentre, { io, view }: Asking): Promise<void> {
  const last = form.code?.reveal();
  if (last === undefined) io.stderr.write(wayToCode(form, dataCentre, view));
  const again = last === undefined ? '' : '; Enter alone sends the last one again';
  const code = await askHidden({ name: 'code', fallback: last }, `Code (not shown${again}): `, { io, view });
  if (form.refused.has(code))
    io.stderr.write(remarkText('Note: that code was refused before; each works once, if at all.', view));
  form.code = new Secret(code);
}

/** The whole way the first time, and where it leads elsewhere; otherwise a reminder. */
function wayToCode(form: Form, { consoleUrl }: DataCentre, view: LoginView): string {
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

/** Asks until something comes that can have been copied; says what is odd about it, and lets Zoho judge. */
async function askPasted(
  { name, fallback }: Wanted,
  ask: () => Promise<string | undefined>,
  { io, view }: Asking,
): Promise<string> {
  for (;;) {
    const answer = answered(await ask()).trim();
    if (answer === '' && fallback !== undefined) return fallback;
    const fault = answer === '' ? 'is empty' : pastingFault(name, answer);
    if (fault !== undefined) {
      io.stderr.write(remarkText(`What came ${fault}. Copy it again, alone and whole.`, view));
      continue;
    }
    const odd = oddForm(name, answer);
    if (odd !== undefined)
      io.stderr.write(remarkText(`Note: what came ${odd}. It is sent to Zoho as it is.`, view));
    return answer;
  }
}

interface Wanted {
  readonly name: 'ZOHO_CLIENT_ID' | 'ZOHO_CLIENT_SECRET' | 'code';
  /** What Enter alone gives. */
  readonly fallback: string | undefined;
}

async function askHidden(wanted: Wanted, question: string, asking: Asking): Promise<string> {
  const value = await askPasted(wanted, () => asking.io.stdin.readHidden(question), asking);
  if (value !== wanted.fallback) asking.io.stderr.write(`Received ${value.length} characters.\n`);
  return value;
}
