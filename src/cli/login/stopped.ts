/** The person closed the input or pressed Ctrl-C: a way out through all questions, not a failure. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The answer, or the way out. */
export function answered<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new Stopped('stopped');
  return answer;
}
