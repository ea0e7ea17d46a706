import { property } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { problem, type Problem } from '../model/problem.ts';
import type { ApplyPorts } from './ports.ts';

/** Waits between further looks at a list that is shorter than the one before, in milliseconds. */
const LOOK_AGAIN_MS = [1000, 2000, 4000] as const;

/**
 * Reads a module's fields again within a run, and holds the list against the one that the plan was made from.
 *
 * Within a run no standard field goes away or comes: where one does, one of the two lists was not complete, and a field that
 * seems new, or missing, may be neither (contract §9). A list that is short is asked for again, as it may come from a copy
 * that lags behind.
 * @param isDecisive true where a field that is not listed is sent once more: then no custom field may be missing either. One
 *   that someone deleted in these seconds costs a second run.
 * @throws Problem `unreachable`; and what reading throws.
 */
export async function readWhole(
  { module, listed, ports }: Whole,
  options: readonly string[],
  isDecisive: boolean,
): Promise<readonly LiveField[]> {
  const known = new Set(listed.map((field) => field.id));
  for (let look = 0; ; look += 1) {
    const live = await ports.reader.fields(module, options);
    const ids = new Set(live.map((field) => field.id));
    const gone = listed.some((field) => !ids.has(field.id) && (isDecisive || isStandard(field)));
    const come = live.some((field) => !known.has(field.id) && isStandard(field));
    if (!gone && !come) return live;
    const delay = LOOK_AGAIN_MS[look];
    if (come || delay === undefined || ports.interrupted()) throw incomplete(module);
    await ports.wait(delay);
  }
}

/** Only where Zoho says so: a Zoho that tells less must not make a new field a standard one. */
function isStandard({ wire }: LiveField): boolean {
  return property(wire, 'custom_field') === false;
}

/** What a reading is about, and the list that it has to agree with. */
interface Whole {
  readonly module: string;
  readonly listed: readonly LiveField[];
  readonly ports: Pick<ApplyPorts, 'interrupted' | 'reader' | 'wait'>;
}

function incomplete(module: string): Problem {
  return problem(
    'unreachable',
    'list-changed',
    `Zoho's list of the fields of ${module} does not agree with the one that it sent a moment ago: fields are missing from one of them, so nothing can rest on either.`,
    'Apply again later: what exists is left as it is, and the rest is created.',
  );
}
