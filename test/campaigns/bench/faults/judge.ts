/** A field as it is declared, and as a server holds it. */
export interface Named {
  readonly api_name: string;
  readonly field_label: string;
}

/** What a program says of a field when it ends. */
export type Claim = 'created' | 'exists' | 'failed' | 'unknown';

/** One run of a program, and what the server held when it was over. */
export interface RunRecord {
  /** `null`: killed. */
  readonly code: number | null;
  /** What it said, by API name; a field of which nothing was said is not there. */
  readonly claims: ReadonlyMap<string, Claim>;
  /** Whether it wrote of fields that exist twice. */
  readonly toldOfTwins: boolean;
  /** POSTs of fields that reached the server. */
  readonly posts: number;
  /** The custom fields that were not there before the trial. */
  readonly after: readonly Named[];
}

/** A program run twice under one trouble, judged by what the server holds in the end. */
export interface Verdict {
  /** Wanted fields of which the server holds more than one. */
  readonly twice: number;
  /** Someone was told: in words, or by the last exit code. */
  readonly toldOfTwins: boolean;
  /** Wanted fields that are not there although they could be. */
  readonly missing: number;
  /** Wanted fields that are there, but not under exactly the declared API name and label. */
  readonly misnamed: number;
  /** What was said and is not so, a sentence each. */
  readonly untrue: readonly string[];
  readonly posts: number;
  /** POSTs of a second run that had nothing to do. */
  readonly needless: number;
  readonly codes: readonly (number | null)[];
}

/**
 * Judges two runs by the server's own state: nobody's word counts, and everybody's word is held against it.
 *
 * @param impossible how many of the wanted fields this server cannot take.
 */
export function judge(wanted: readonly Named[], runs: readonly RunRecord[], impossible: number): Verdict {
  const end = runs.at(-1)?.after ?? [];
  const states = wanted.map((field) => stateOf(field, end));
  const absent = states.filter((state) => state === 'missing').length;
  return {
    twice: states.filter((state) => state === 'twice').length,
    toldOfTwins: runs.at(-1)?.code !== 0 || runs.some((run) => run.toldOfTwins),
    missing: Math.max(0, absent - impossible),
    misnamed: states.filter((state) => state === 'misnamed').length,
    untrue: runs.flatMap((run, index) => lies(wanted, run, runs[index - 1]?.after ?? [], index + 1)),
    posts: runs.reduce((sum, run) => sum + run.posts, 0),
    needless: needlessPosts(wanted, runs),
    codes: runs.map((run) => run.code),
  };
}

type State = 'right' | 'missing' | 'misnamed' | 'twice';

function stateOf(field: Named, live: readonly Named[]): State {
  const found = live.filter((one) => isMeant(field, one));
  const [only, ...others] = found;
  if (only === undefined) return 'missing';
  if (others.length > 0) return 'twice';
  return only.api_name === field.api_name && only.field_label === field.field_label ? 'right' : 'misnamed';
}

/** By its label, by its API name, or by the API name with the number that Zoho gives to the second of a name. */
function isMeant(field: Named, live: Named): boolean {
  const fold = (text: string): string => text.toLowerCase();
  const bare = fold(live.api_name).replace(/\d+$/, '');
  return (
    fold(live.field_label) === fold(field.field_label) ||
    fold(live.api_name) === fold(field.api_name) ||
    bare === fold(field.api_name)
  );
}

function lies(
  wanted: readonly Named[],
  run: RunRecord,
  before: readonly Named[],
  number: number,
): readonly string[] {
  const told = wanted.flatMap((field) => {
    const claim = run.claims.get(field.api_name);
    const was = stateOf(field, before) !== 'missing';
    const is = stateOf(field, run.after) !== 'missing';
    const says = `run ${number}: ${field.api_name}`;
    if (!is && (claim === 'created' || claim === 'exists')) return [`${says} is not there, said ${claim}`];
    return is && !was && claim === 'failed' ? [`${says} was created, said failed`] : [];
  });
  const wrong = wanted.filter((field) => ['missing', 'misnamed'].includes(stateOf(field, run.after))).length;
  const boast =
    run.code === 0 && wrong > 0
      ? [`run ${number}: exit code 0 with ${wrong} fields not there as declared`]
      : [];
  return [...told, ...boast];
}

function needlessPosts(wanted: readonly Named[], runs: readonly RunRecord[]): number {
  const [first, second] = runs;
  if (first === undefined || second === undefined) return 0;
  const left = wanted.filter((field) => stateOf(field, first.after) === 'missing').length;
  return left === 0 ? second.posts : 0;
}

/** A verdict in the fewest words. */
export function verdictWords(verdict: Verdict): string {
  const { twice, toldOfTwins, missing, misnamed, untrue } = verdict;
  const words = [
    ...(twice > 0 ? [`${twice} twice${toldOfTwins ? ', said so' : ''}`] : []),
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(misnamed > 0 ? [`${misnamed} misnamed`] : []),
    ...(untrue.length > 0 ? [`lied (${untrue.length})`] : []),
  ];
  return words.length === 0 ? 'ok' : words.join(', ');
}
