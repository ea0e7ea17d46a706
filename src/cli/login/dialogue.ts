import { Problem, problem, orProblem } from '../../model/problem.ts';
import { askMissing } from './ask.ts';
import { attempt, withoutProof, type AttemptPorts, type LoggedIn } from './exchange.ts';
import { type Form, type LoginName, Stopped, tell, type Login } from './form.ts';
import { firstOf } from '../../doctor/check.ts';
import { ENVIRONMENT, type FileSettings } from '../../run/settings.ts';

/** New credentials, and what kept them from being proven where they are kept all the same. */
export interface Ended {
  readonly result: LoggedIn;
  readonly unproven?: Problem;
}

/**
 * Asks, tries, explains, and asks again for what was wrong, until there are credentials.
 * @param asking whether a person can be asked at all.
 * @throws Stopped when the person gave up; Problem where nothing that could be typed would help.
 */
export async function talkThrough(
  form: Form,
  login: Login,
  { ports, asking }: { readonly ports: AttemptPorts; readonly asking: boolean },
): Promise<Ended> {
  const { io, settings, view } = login;
  for (;;) {
    if (asking) await askMissing(form, io, view);
    const result = await orProblem(attempt(form, ports));
    if (io.interrupt.requested) throw new Stopped('interrupted');
    if (!(result instanceof Problem)) return { result };
    const correction = correctionFor(result, form);
    if (correction.kind === 'keep-anyway') return { result: withoutProof(form), unproven: result };
    if (!asking || correction.kind === 'give-up') throw result;
    tell(login, result.diagnostics);
    const fixed = takeBack(form, correction.about, settings);
    if (fixed !== undefined) throw cannotAsk(fixed);
  }
}

function cannotAsk(name: string): Problem {
  return problem(
    'credentials',
    'environment-wins',
    `${name} comes from the environment, which wins over whatever is written into the file, so asking for another one would not help.`,
    `Correct ${name} in the environment or take it out ("unset ${name}"), then log in again.`,
  );
}

/** What to do after a refusal: which answers to take back and ask for again. */
export type Correction =
  | { readonly kind: 'ask-again'; readonly about: readonly About[] }
  /** Nothing that could be typed would help. */
  | { readonly kind: 'give-up' }
  /** The credentials are good; only the proof failed for a reason of its own. */
  | { readonly kind: 'keep-anyway' };

export type About = 'place' | 'client' | 'secret' | 'code' | 'environment' | 'grant';

/** Which answer a refusal is about (sheet §1.3, §5.1). */
function correctionFor(found: Problem, form: Form): Correction {
  const { code } = firstOf(found);
  const proving = form.granted !== undefined;
  if (proving) return correctionOfProof(found, code, form);
  // Of these an early attempt makes it worse, or the answer cannot be trusted.
  if (code === 'token-throttled' || code === 'foreign-api-domain') return { kind: 'give-up' };
  if (code === 'other-data-centre') return { kind: 'ask-again', about: ['place', 'client', 'secret'] };
  if (code === 'invalid-client' || code === 'invalid-redirect-uri')
    return { kind: 'ask-again', about: ['place', 'client', 'secret'] };
  if (code === 'invalid-client-secret') return { kind: 'ask-again', about: ['secret'] };
  // A lost answer leaves the code in the form: Enter sends it again.
  return { kind: 'ask-again', about: found.kind === 'unreachable' ? [] : ['code'] };
}

function correctionOfProof(found: Problem, code: string, form: Form): Correction {
  if (code === 'invalid-token' && form.fixedApiUrl === undefined)
    return { kind: 'ask-again', about: ['environment', 'code', 'grant'] };
  if (found.kind === 'credentials') return { kind: 'ask-again', about: ['code', 'grant'] };
  return { kind: 'keep-anyway' };
}

/** The answers that Enter alone can give again, and what they are written as. */
const KEPT = [
  { about: 'place', key: 'dataCentre', name: 'ZOHO_DC' },
  { about: 'client', key: 'clientId', name: 'ZOHO_CLIENT_ID' },
  { about: 'secret', key: 'clientSecret', name: 'ZOHO_CLIENT_SECRET' },
] as const;

/**
 * Takes answers out of the form, to be asked for again.
 * @returns the name of a value that cannot be changed by asking, because the environment fixes it.
 */
function takeBack(form: Form, about: readonly About[], settings: FileSettings): LoginName | undefined {
  const wrong = KEPT.filter((one) => about.includes(one.about));
  const fixed = wrong.filter(({ name }) => settings.get(name)?.origin === ENVIRONMENT);
  // A data centre that is fixed stays as it is; the client is asked for all the same.
  const stuck = fixed.find((one) => one.about !== 'place');
  if (stuck !== undefined) return stuck.name;
  for (const { key, name } of wrong.filter((one) => !fixed.includes(one))) {
    const { [key]: value } = form;
    Object.assign(form.last, { [key]: value });
    delete form[key];
    form.edits.delete(name);
  }
  if (about.includes('environment')) delete form.environment;
  if (about.includes('code')) {
    if (form.code !== undefined) form.refused.add(form.code.reveal());
    delete form.code;
  }
  if (about.includes('grant')) delete form.granted;
  return undefined;
}
