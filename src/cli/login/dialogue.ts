import { Problem, problem, orProblem } from '../../model/problem.ts';
import { askMissing } from './ask.ts';
import { correctionFor, takeBack } from './correct.ts';
import { attempt, withoutProof, type AttemptPorts, type LoggedIn } from './exchange.ts';
import type { Form } from './form.ts';
import { Stopped, tell, type Login } from './login.ts';

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
