import { emitKeypressEvents } from 'node:readline';
import { password, select, text } from '@clack/prompts';
import type { Choice, Question, RequestedInterrupt } from '../machine/io.ts';

/**
 * Asks for a text; a secret is shown as dots.
 * @returns `undefined` when the person closed the input or gave up.
 */
export function askText(question: Question, interrupt: RequestedInterrupt): Promise<string | undefined> {
  const { message, keep = '', validate } = question;
  return answerTo<string>(interrupt, (common) => {
    const judge = (answer: string | undefined): string | undefined => validate?.((answer ?? '').trim());
    if (question.secret === true)
      return password({ ...common, message, validate: judge, clearOnError: true });
    return text({
      ...common,
      message,
      // What was refused stays in the line, where the next paste would be added to it.
      validate: (answer) => {
        const refusal = judge(answer);
        return refusal === undefined || (answer ?? '') === ''
          ? refusal
          : `${refusal} Ctrl-U empties the line.`;
      },
      ...(keep === '' ? {} : { placeholder: keep }),
    });
  });
}

/** Lets a person choose one of several; Enter alone takes the one that is marked at first. */
export async function askChoice<Value>(
  { message, options, initial }: Choice<Value>,
  interrupt: RequestedInterrupt,
): Promise<Value | undefined> {
  // By number, since the library's type of an option differs between texts and other values.
  const chosen = await answerTo<number>(interrupt, (common) =>
    select({
      ...common,
      message,
      options: options.map(({ label }, value) => ({ value, label })),
      initialValue: options.findIndex((one) => one.value === initial),
    }),
  );
  return chosen === undefined ? undefined : options[chosen]?.value;
}

interface Common {
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  readonly withGuide: boolean;
}

/** Ctrl-C is a wish to stop, as a signal would be. Ctrl-D and a terminal that goes away are no answer. */
async function answerTo<Answer extends string | number>(
  interrupt: RequestedInterrupt,
  ask: (common: Common) => Promise<Answer | symbol | undefined>,
): Promise<Answer | undefined> {
  const input = process.stdin;
  const closed = new AbortController();
  const close = (): void => closed.abort();
  // The library waits for ever for a line that was ended by Ctrl-D.
  const onKey = (_: unknown, key: { readonly ctrl?: boolean; readonly name?: string } | undefined): void => {
    if (key?.ctrl !== true) return;
    if (key.name === 'c') interrupt.request();
    if (key.name === 'd') close();
  };
  emitKeypressEvents(input);
  input.on('keypress', onKey).once('end', close);
  try {
    const signal = AbortSignal.any([closed.signal, interrupt.signal]);
    const answer = await ask({ output: process.stderr, signal, withGuide: false });
    process.stderr.write('\n');
    return typeof answer === 'symbol' ? undefined : answer;
  } finally {
    input.off('keypress', onKey).off('end', close);
  }
}
