import type { Io } from '../../machine/io.ts';
import { keepLearned } from '../../machine/learned-profile.ts';
import { checkProfileReplaceable, writeProfileFile } from '../../machine/profile-file.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import type { LiveField } from '../../model/live-field.ts';
import { Problem, problem } from '../../model/problem.ts';
import { visibleShort } from '../../model/visible.ts';
import { judge } from '../../probe/findings.ts';
import type { Lesson } from '../../probe/learn.ts';
import { makeProfile } from '../../probe/profile.ts';
import { isFree, wishesFor } from '../../probe/wishes.ts';
import { diagnosticsText } from '../../report/media/diagnostics.ts';
import type { Target } from '../../report/plan/view.ts';
import { announcement } from '../../report/probe/announcement.ts';
import { probeRenders } from '../../report/probe/formats.ts';
import { withConnection, type Connection } from '../../run/connect.ts';
import { takeExclusive } from '../../run/exclusive.ts';
import { learnByCreating } from '../../run/learn-by-creating.ts';
import { lookOf } from '../../run/look.ts';
import { readProbe } from '../../run/read-probe.ts';
import { mayAllow } from '../../zoho/scopes.ts';
import { canAsk } from '../confirm.ts';
import { deliver } from '../deliver.ts';
import { EXIT, exitForProblem } from '../exit-code.ts';
import type { ProbeOptions } from './probe.ts';

/**
 * `probe --create`: the same as `probe`, and what only creating shows. It announces what it will do, asks, and creates at
 * most five fields; of a production organisation a person has to type the name.
 */
export async function probeCreate(options: ProbeOptions, io: Io): Promise<number> {
  const { module, out } = options;
  if (options.yes !== true && !canAsk(io)) throw cannotAsk();
  if (out !== undefined) await checkProfileReplaceable(out, io);
  const fresh = { ...options, tokenCache: false };
  return withConnection(
    { options: fresh, access: 'write', manifestPath: DEFAULT_MANIFEST, io },
    () => Promise.resolve(),
    async (connection) => {
      const turn = await takeExclusive(DEFAULT_MANIFEST, connection, io);
      try {
        const target = await connection.target();
        refuseTarget(target, options.yes === true);
        await refuseScopes(connection);
        const all = await readProbe(module, connection, io);
        const before = await connection.reader.fields(module, []);
        const wishes = wishesFor(module, freeWord(before, io));
        const { width } = lookOf(io.stderr, io);
        io.stderr.write(announcement(wishes, placeOf(target), width));
        if (options.yes !== true && !(await agrees(target, io))) {
          if (io.interrupt.requested)
            throw problem('interrupted', 'interrupted', 'Interrupted before anything was created.');
          throw problem('failed', 'declined', 'Nothing was created: the question was not answered with yes.');
        }
        const lesson = await learnByCreating(wishes, before, turn.journal, connection, io);
        const found = judge({ ...all, made: lesson.made });
        const profile = makeProfile(found);
        if (lesson.made.has('create.api_name')) await keepLearned(connection.stateFolder, profile);
        if (out !== undefined) await writeProfileFile(out, profile, io);
        const trouble = troubleOf(lesson, io);
        const view = {
          target,
          module,
          requests: connection.session.requests,
          created: lesson.left,
          unknown: lesson.unknown,
          ...lookOf(io.stdout, io),
          ...(out === undefined ? {} : { out }),
        };
        const diagnostics = trouble?.diagnostics ?? [];
        const complete = await deliver(probeRenders(found, view, diagnostics), options, io);
        if (trouble !== undefined) {
          const look = lookOf(io.stderr, io);
          if (options.format !== 'json')
            io.stderr.write(diagnosticsText(diagnostics, look.style, look.width));
          if (trouble.kind === 'interrupted') return EXIT.interrupted;
          return lesson.isAccepted || lesson.left.length > 0 ? EXIT.partial : exitForProblem(trouble.kind);
        }
        return complete ? EXIT.done : EXIT.failed;
      } finally {
        await turn.end();
      }
    },
  );
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
  if (organisation === undefined || isForTrying(organisation.type)) {
    const answer = await io.stdin.ask({ message: 'Type yes to create, anything else to stop:' });
    return answer?.trim().toLowerCase() === 'yes';
  }
  const message = 'This is a production organisation. Type its name to create, anything else to stop:';
  const answer = await io.stdin.ask({ message });
  const name = organisation.name.trim();
  return name !== '' && answer?.trim() === name;
}

/** What kept it from its end, in words. */
function troubleOf({ problem: cause, unknown }: Lesson, io: Io): Problem | undefined {
  const unseen =
    unknown.length === 0
      ? undefined
      : problem(
          'unreachable',
          'not-shown',
          `No read shows what became of ${unknown.map((label) => `"${visibleShort(label, 40)}"`).join(', ')}.`,
          'Look for these labels in Zoho in a few minutes, among the fields of the module.',
        );
  if (cause !== undefined) {
    const [first, ...rest] = [...cause.diagnostics, ...(unseen?.diagnostics ?? [])];
    return first === undefined ? cause : new Problem(cause.kind, [first, ...rest]);
  }
  if (unseen !== undefined) return unseen;
  return io.interrupt.requested
    ? problem(
        'interrupted',
        'interrupted',
        'Interrupted: what was created is listed, nothing more was begun.',
      )
    : undefined;
}

function cannotAsk(): Problem {
  return problem(
    'usage',
    'cannot-ask',
    '"probe --create" asks before it creates, and there is no terminal to ask at.',
    'Run it at a terminal; "--yes" does without the question in a sandbox or developer organisation.',
  );
}
