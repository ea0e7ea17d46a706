import { Problem } from '../../model/problem.ts';
import { firstOf } from '../../doctor/check.ts';
import { ENVIRONMENT, type FileSettings } from '../../run/settings.ts';
import type { Form, LoginName } from './form.ts';

/** What to do after a refusal: which answers to take back and ask for again. */
export type Correction =
  | { readonly kind: 'ask-again'; readonly about: readonly About[] }
  /** Nothing that could be typed would help. */
  | { readonly kind: 'give-up' }
  /** The credentials are good; only the proof failed for a reason of its own. */
  | { readonly kind: 'keep-anyway' };

export type About = 'place' | 'client' | 'secret' | 'code' | 'environment' | 'grant';

/** Which answer a refusal is about (sheet §1.3, §5.1). */
export function correctionFor(found: Problem, form: Form): Correction {
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

/**
 * Takes answers out of the form, to be asked for again.
 * @returns the name of a value that cannot be changed by asking, because the environment fixes it.
 */
export function takeBack(form: Form, about: readonly About[], settings: FileSettings): LoginName | undefined {
  const fixed = (name: LoginName): boolean => settings.get(name)?.origin === ENVIRONMENT;
  if (about.includes('client') && fixed('ZOHO_CLIENT_ID')) return 'ZOHO_CLIENT_ID';
  if (about.includes('secret') && fixed('ZOHO_CLIENT_SECRET')) return 'ZOHO_CLIENT_SECRET';
  if (about.includes('place') && !fixed('ZOHO_DC')) {
    keep(form, 'dataCentre');
    form.edits.delete('ZOHO_DC');
  }
  if (about.includes('client')) {
    keep(form, 'clientId');
    form.edits.delete('ZOHO_CLIENT_ID');
  }
  if (about.includes('secret')) {
    keep(form, 'clientSecret');
    form.edits.delete('ZOHO_CLIENT_SECRET');
  }
  if (about.includes('environment')) delete form.environment;
  if (about.includes('code')) {
    if (form.code !== undefined) form.refused.add(form.code.reveal());
    delete form.code;
  }
  if (about.includes('grant')) delete form.granted;
  return undefined;
}

/** Takes one answer out and remembers it, so that Enter alone gives it again. */
function keep(form: Form, key: 'dataCentre' | 'clientId' | 'clientSecret'): void {
  const { [key]: value } = form;
  Object.assign(form.last, { [key]: value });
  delete form[key];
}
