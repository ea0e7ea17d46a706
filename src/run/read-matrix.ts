import { makeMatrix, sameOrganisation, type Matrix, type ReadColumn } from '../matrix/matrix.ts';
import { openJournal } from '../machine/journal-file.ts';
import type { Io } from '../machine/io.ts';
import type { Manifest } from '../model/manifest.ts';
import { interrupted, misuse, type Diagnostic, orProblem, Problem, problem } from '../model/problem.ts';
import { planLive } from '../plan/plan-live.ts';
import { accessOf, readCredentials } from './credentials.ts';
import { settingsOf, withConnection, type Connection, type ConnectOptions } from './connect.ts';
import type { RequestCount } from '../model/live-field.ts';

/** More columns than this no screen shows side by side. */
const MOST_COLUMNS = 8;

/** One of the organisations that a manifest is held against. */
export interface Organisation {
  /** The head of its column. */
  readonly name: string;
  readonly options: ConnectOptions;
  readonly io: Io;
}

/** A matrix, and how it was come by. */
export interface MatrixReading {
  readonly matrix: Matrix;
  readonly requests: RequestCount;
  /** Why a column could not be read, and what is doubtful about the others; each with the name of its column. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads several organisations side by side and plans the manifest for each. Every one has its own limits at Zoho, and is
 * read within them as by `plan`. Where one cannot be read, the others are there all the same.
 * @throws Problem `usage` for too few, too many, or one organisation under two names; `configuration` where settings are
 * missing or malformed, before anything is sent; `interrupted`.
 */
export async function readMatrix(
  manifest: Manifest,
  organisations: readonly Organisation[],
): Promise<MatrixReading> {
  const places = checkOrganisations(organisations);
  const read = await Promise.all(
    organisations.map((one, index) => readOne(manifest, one, places[index] ?? '')),
  );
  if (organisations.some(({ io }) => io.interrupt.requested)) throw interrupted();
  const columns = read.map(({ column }) => column);
  const same = sameOrganisation(columns);
  if (same !== undefined) throw sameTwice(same);
  return {
    matrix: makeMatrix(manifest, columns),
    requests: { read: read.reduce((sum, { requests }) => sum + requests, 0), write: 0 },
    diagnostics: read.flatMap(({ column: { name, failure }, warnings }) =>
      [...(failure?.diagnostics ?? []), ...warnings].map((one) => named(name, one)),
    ),
  };
}

/** @returns the data centre of each. */
function checkOrganisations(organisations: readonly Organisation[]): readonly string[] {
  if (organisations.length < 2) throw tooFew();
  if (organisations.length > MOST_COLUMNS) throw tooMany(organisations.length);
  const found: Diagnostic[] = [];
  const seen = new Map<string, string>();
  const places = organisations.map(({ name, options, io }) => {
    try {
      const credentials = readCredentials(settingsOf(options, io));
      const key = JSON.stringify(accessOf(credentials));
      const other = seen.get(key);
      if (other !== undefined) throw sameTwice([other, name]);
      seen.set(key, name);
      return credentials.dataCentre.name;
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'configuration') throw error;
      found.push(...error.diagnostics.map((one) => ofColumn(name, one)));
      return '';
    }
  });
  const [first, ...rest] = found;
  if (first !== undefined) throw new Problem('configuration', [first, ...rest]);
  return places;
}

interface ReadOne {
  readonly column: ReadColumn;
  readonly requests: number;
  readonly warnings: readonly Diagnostic[];
}

async function readOne(
  manifest: Manifest,
  { name, options, io }: Organisation,
  dataCentre: string,
): Promise<ReadOne> {
  let requests = 0;
  const wish = { options, access: 'read', manifestPath: manifest.path, io } as const;
  const reading = withConnection(
    wish,
    () => Promise.resolve(),
    async (connection) => {
      try {
        return await planOne(manifest, connection, io);
      } finally {
        requests = connection.session.requests.read;
      }
    },
  );
  const read = await orProblem(reading);
  if (read instanceof Problem) {
    const { kind, diagnostics } = read;
    return { column: { name, dataCentre, live: [], failure: { kind, diagnostics } }, requests, warnings: [] };
  }
  const { warnings, ...found } = read;
  return { column: { name, ...found }, requests, warnings };
}

/** What can be read and not written is all that it gets of the connection. */
async function planOne(
  manifest: Manifest,
  connection: Pick<Connection, 'reader' | 'target' | 'stateFolder'>,
  io: Io,
): Promise<Omit<ReadColumn, 'name' | 'failure'> & { readonly warnings: readonly Diagnostic[] }> {
  const { reader, stateFolder } = connection;
  const journal = openJournal({ stateFolder, manifestPath: manifest.path }, io).entries;
  const [target, { plan, live, warnings }] = await Promise.all([
    connection.target(),
    planLive(manifest, reader, journal),
  ]);
  return { ...target, plan, live: live.modules, warnings };
}

function named(name: string, diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, message: `${name}: ${diagnostic.message}` };
}

/** What to do here: the file is no value of an option, and of several organisations none can be the built-in one. */
const REMEDIES: Readonly<Record<string, string>> = {
  'not-configured':
    'Write a line NAME=VALUE for it into that file, or run "zoho-fields auth login --settings FILE", which gets what is missing step by step.',
  'env-file-unreadable': 'Correct the path; "zoho-fields auth login --settings FILE" makes such a file.',
};

function ofColumn(name: string, diagnostic: Diagnostic): Diagnostic {
  const remedy = REMEDIES[diagnostic.code] ?? diagnostic.remedy;
  return { ...named(name, diagnostic), ...(remedy === undefined ? {} : { remedy }) };
}

function tooFew(): Error {
  return misuse(
    'A matrix holds one manifest against several organisations, and only one was named.',
    'Name two or more files of settings; for one organisation run "zoho-fields plan --settings FILE".',
  );
}

function tooMany(count: number): Error {
  return misuse(
    `${count} organisations were named; a matrix shows ${MOST_COLUMNS} at most.`,
    'Run it for a part of them, and for the rest again.',
  );
}

function sameTwice([one, other]: readonly [string, string]): Error {
  return problem(
    'usage',
    'same-organisation',
    `"${one}" and "${other}" are the same organisation, so nothing is to be seen between them.`,
    'Give each column the settings of another organisation: its own refresh token, and ZOHO_DC where it is elsewhere.',
  );
}
