import { problem } from '../model/problem.ts';
import { holdsSecret } from '../zoho/redact.ts';

/** What is about to be kept, and would be used later as it is. */
export interface Kept {
  readonly what: 'snapshot' | 'plan' | 'manifest';
  readonly text: string;
  /** What the text was made of, to say where the secret is. */
  readonly modules: readonly {
    readonly module: string;
    readonly fields: readonly { readonly api_name: string }[];
  }[];
}

/**
 * Lets nothing be kept with a secret in it, nor with a gap in the place of one: what is used as it is would then be
 * created, or be planned, with the words of the gap. So it is not kept without the secret, but not at all.
 * @throws Problem `failed` that names the module and the field.
 */
export function refuseSecret({ what, text, modules }: Kept): void {
  if (!holdsSecret(text)) return;
  const [place] = modules.flatMap(({ module, fields }) =>
    fields
      .filter((field) => holdsSecret(JSON.stringify(field)))
      .map(({ api_name }) => `The field ${api_name} of ${module} holds`),
  );
  throw problem(
    'failed',
    `secret-in-${what}`,
    `${place ?? 'What Zoho answered holds'} a secret, or something of the form of one, so ${UNKEPT[what]}.`,
    'Look for it in the labels, tooltips and options: take it out in Zoho, or out of the manifest where it is declared, and get new credentials where others could see it.',
  );
}

const UNKEPT: Readonly<Record<Kept['what'], string>> = {
  snapshot: 'no snapshot is kept',
  plan: 'the plan was not saved',
  manifest: 'no manifest of it was written',
};
