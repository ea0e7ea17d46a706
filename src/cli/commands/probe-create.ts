import { type Io, lookOf } from '../../machine/io.ts';
import { canAsk, saysYes } from '../consent.ts';
import { keepLearned } from '../../machine/learned-profile.ts';
import { checkKept, PROFILE, writeKept } from '../../machine/kept-file.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import type { LiveField } from '../../model/live-field.ts';
import { interrupted, orProblem, Problem, problem } from '../../model/problem.ts';
import { visibleShort } from '../../model/visible.ts';
import type { Observations } from '../../probe/ask.ts';
import { judge } from '../../probe/findings.ts';
import type { Lesson } from '../../probe/learn.ts';
import { makeProfile, profileText } from '../../probe/profile.ts';
import { isFree, isOfProbe, leftByEarlier, wishesFor } from '../../probe/wishes.ts';
import { diagnosticsText } from '../../report/media/diagnostics.ts';
import type { Target } from '../../report/plan/view.ts';
import { probeRenders } from '../../report/probe/formats.ts';
import { createdText, announcement, leftBehind } from '../../report/probe/text.ts';
import { withConnection, type Connection } from '../../run/connect.ts';
import { takeExclusive } from '../../run/exclusive.ts';
import { forgetKnown, learnByCreating } from '../../run/learn-by-creating.ts';
import { readProbe, type ProbeOptions } from './probe.ts';
import { mayAllow } from '../../zoho/scopes.ts';
import { deliver } from '../deliver.ts';
import { EXIT, exitForProblem } from '../exit-code.ts';

/**
 * `probe --create`: the same as `probe`, and what only creating shows. It announces what it will do, asks, and creates at
 * most five fields; of a production organisation a person has to type the name.
 */
export async function probeCreate(options: ProbeOptions, io: Io): Promise<number> {
  const { module, out } = options;
  if (options.yes !== true && !canAsk(io)) throw cannotAsk();
  if (out !== undefined) await checkKept(PROFILE, out, io);
  const fresh = { ...options, tokenCache: false };
  return withConnection(
    { options: fresh, access: 'write', manifestPath: DEFAULT_MANIFEST, io },
    () => Promise.resolve(),
    async (connection) => {
      const turn = await takeExclusive(DEFAULT_MANIFEST, connection, io);
      try {
        const target = await targetOf(connection);
        refuseTarget(target, options.yes === true);
        await refuseScopes(connection);
        const all = await readProbe(module, connection, io);
        const before = await connection.reader.fields(module, []);
        const wishes = wishesFor(module, freeWord(before, io));
        const { width } = lookOf(io.stderr, io);
        const earlier = leftByEarlier(turn.journal.entries, module, before);
        if (earlier.length > 0) io.stderr.write(leftBehind(earlier, module, width));
        // All that it sent has been waited for, and what came of it is told.
        turn.journal.forget((last) => last.module === module && isOfProbe(last));
        io.stderr.write(announcement(wishes, placeOf(target), width));
        const isAgreed = options.yes === true || (await agrees(target, io));
        if (io.interrupt.requested) throw interrupted('Interrupted before anything was created.');
        if (!isAgreed) throw declined(target);
        const lesson = await learnByCreating(wishes, before, turn.journal, connection, io);
        const code = await conclude({ all, lesson, target, module }, connection, options, io);
        forgetKnown(wishes, lesson, turn.journal);
        return code;
      } finally {
        await turn.end();
      }
    },
  );
}

/** What a probe that created came to. */
interface Created {
  readonly all: Observations;
  readonly lesson: Lesson;
  readonly target: Target;
  readonly module: string;
}

/** Keeps what was learnt, and tells it with all that was made, whatever went wrong on the way. */
async function conclude(
  { all, lesson, target, module }: Created,
  { session, stateFolder }: Connection,
  options: ProbeOptions,
  io: Io,
): Promise<number> {
  const { out } = options;
  const found = judge({ ...all, made: lesson.made });
  const profile = makeProfile(found);
  if (lesson.made.has('create.api_name')) await keepLearned(stateFolder, profile);
  // A file that cannot be written must not keep the rest from being told.
  const kept =
    out === undefined ? undefined : await orProblem(writeKept(PROFILE, out, profileText(profile), io));
  const stopped = io.interrupt.requested
    ? interrupted('Interrupted: what was created is listed, nothing more was begun.')
    : undefined;
  const troubles = [lesson.problem, notShown(lesson), kept, stopped].filter((one) => one instanceof Problem);
  const view = {
    target,
    module,
    requests: session.requests,
    created: lesson.left,
    unknown: lesson.unknown,
    ...lookOf(io.stdout, io),
    ...(out === undefined || kept instanceof Problem ? {} : { out }),
  };
  const diagnostics = troubles.flatMap((one) => one.diagnostics);
  const complete = await deliver(probeRenders(found, view, diagnostics), options, io);
  const look = lookOf(io.stderr, io);
  // What is made for an issue names nothing of the organisation.
  if (options.format === 'markdown') io.stderr.write(createdText({ ...view, ...look }));
  if (options.format !== 'json') io.stderr.write(diagnosticsText(diagnostics, look));
  const [first] = troubles;
  if (io.interrupt.requested) return EXIT.interrupted;
  if (first === undefined) return complete ? EXIT.done : EXIT.failed;
  return lesson.isAccepted || lesson.left.length > 0 ? EXIT.partial : exitForProblem(first.kind);
}

/** A word of six letters and digits that nothing in the module holds. */
function freeWord(before: readonly LiveField[], io: Io): string {
  for (let tries = 0; tries < 100; tries += 1) {
    const word = Math.floor(io.random() * 36 ** 5)
      .toString(36)
      .padStart(5, '0');
    if (isFree(`x${word}`, before)) return `X${word}`;
  }
  throw problem('failed', 'no-free-name', 'No name was found that nobody uses in this module.');
}

/** Whose organisation this is has to be known here, whatever the token tells of its scopes. */
async function targetOf(connection: Connection): Promise<Target> {
  const organisation = await connection.reader.organisationIfAny();
  return { ...(await connection.target()), ...(organisation === undefined ? {} : { organisation }) };
}

/** Of an organisation whose kind is not known nobody can say that it is no production one. */
function refuseTarget({ dataCentre, organisation }: Target, isAgreed: boolean): void {
  if (dataCentre === 'emulator') return;
  if (organisation === undefined)
    throw problem(
      'credentials',
      'organisation-unknown',
      'These credentials do not tell whether this is a production organisation, so nothing is created.',
      'Make a refresh token that has ZohoCRM.org.READ too: zoho-fields auth login',
    );
  if (isAgreed && !isForTrying(organisation.type))
    throw problem(
      'usage',
      'production',
      'This is no sandbox and no developer organisation: "--yes" is not enough here.',
      'Leave --yes out and type the name of the organisation when asked, or use the credentials of a sandbox.',
    );
}

function isForTrying(type: string): boolean {
  return type === 'sandbox' || type === 'developer';
}

async function refuseScopes({ session }: Connection): Promise<void> {
  const { scopes } = await session.token();
  const missing = ['CREATE', 'UPDATE']
    .map((action) => `ZohoCRM.settings.fields.${action}`)
    .filter((scope) => !mayAllow(scopes, scope));
  if (missing.length > 0)
    throw problem(
      'credentials',
      'scope-missing',
      `The refresh token was made without ${missing.join(' and ')}, which creating fields needs.`,
      'Run "zoho-fields auth login" with its whole line of scopes: scopes cannot be added to an issued token.',
    );
}

function placeOf({ dataCentre, organisation }: Target): string {
  if (organisation === undefined) return 'the built-in emulator';
  return `${visibleShort(organisation.name, 80)} (${visibleShort(organisation.type, 20)}, data centre ${dataCentre})`;
}

async function agrees({ organisation }: Target, io: Io): Promise<boolean> {
  if (organisation === undefined || isForTrying(organisation.type)) return saysYes(io);
  const message = 'This is a production organisation. Type its name to create, anything else to stop:';
  const answer = await io.stdin.ask({ message });
  const name = asTyped(organisation.name);
  return name !== '' && asTyped(answer ?? '') === name;
}

function declined({ organisation }: Target): Problem {
  const what =
    organisation === undefined || isForTrying(organisation.type)
      ? 'the question was not answered with yes'
      : 'what was typed is not the name of the organisation, letter by letter';
  return problem('failed', 'declined', `Nothing was created: ${what}.`);
}

/** As a person types what a screen shows: blanks of one kind, and letters in one piece. */
function asTyped(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}

function notShown({ unknown }: Lesson): Problem | undefined {
  if (unknown.length === 0) return undefined;
  return problem(
    'unreachable',
    'not-shown',
    `No read shows what became of ${unknown.map((label) => `"${visibleShort(label, 40)}"`).join(', ')}.`,
    'Look for these labels in Zoho in a few minutes, among the fields of the module.',
  );
}

function cannotAsk(): Problem {
  return problem(
    'usage',
    'cannot-ask',
    '"probe --create" asks before it creates, and there is no terminal to ask at.',
    'Run it at a terminal; "--yes" does without the question in a sandbox or developer organisation.',
  );
}
