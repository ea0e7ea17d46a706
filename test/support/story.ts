import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  startEmulator,
  type Emulator,
  type EmulatorOptions,
  type RequestLogEntry,
} from '../../src/emulator/start.ts';
import { makeWorkspace, type Run, type RunOptions, type Workspace } from './run-cli.ts';
import type { Report } from './report-shapes.ts';
import { GUIDE_SCOPE } from '../../src/emulator/accounts/issue.ts';
import { filesToSearch, leaks } from './secrets.ts';
import { untruths } from './claims.ts';
import { wireOf, wireSins, type Wire } from './wire.ts';

/** A field as a manifest declares it. */
export type Declared = Readonly<Record<string, unknown>>;

/** What a run left behind, with its one document. */
export interface JsonRun extends Run {
  readonly report: Report;
}

/** A team's folder, an organisation of its own, and the built command between them. */
export interface Story {
  readonly zoho: Emulator;
  readonly folder: Workspace;
  /** Writes `fields.yaml`; modules by name. Field i of a module stands in a line of its own. */
  declare(modules: Readonly<Record<string, readonly Declared[]>>, name?: string): void;
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Runs with `--json` and checks that standard output is exactly one document. */
  json(args: readonly string[], options?: RunOptions): Promise<JsonRun>;
  /** All requests so far, or those since {@link Story.turnPage}. */
  wire(): Wire;
  turnPage(): void;
  /** API name to label of the custom fields of a module. */
  custom(module?: string): Readonly<Record<string, string>>;
  /**
   * Ends the story here in a position in which the rest of it cannot happen. What is left is still checked: the report of
   * every apply has to be the truth.
   */
  endsWhere(condition: boolean, why: string): void;
  close(): Promise<void>;
}

/** Ends a story before its end. */
export class StoryEnds extends Error {}

/** Modules whose fields are watched; a manifest of a test names no other. */
const WATCHED = ['Deals', 'Leads', 'Contacts', 'Accounts'];

/** Settling is quick enough for tests; an answer is waited for as long as a busy machine needs, as most come at once. */
const QUICK = { ZOHO_SETTLE_MS: '50', ZOHO_TIMEOUT_MS: '15000', CI: '1' };

/** A test that opens stories; they are closed, and searched for secrets, when it ends. */
export const it = test.extend<{
  readonly open: (options?: EmulatorOptions, stage?: Stage) => Promise<Story>;
}>({
  open: ({ onTestFinished }, use) =>
    use(async (options, stage) => {
      const story = await openStory(options, stage);
      onTestFinished(() => story.close());
      return story;
    }),
});

/** Where stories are told. */
export interface Stage {
  /** The position of the organisation's switches; a story's own settings go before it. */
  readonly switches: EmulatorOptions['switches'];
  /** The profile of the organisation, where it has one. */
  readonly profile?: EmulatorOptions['profile'];
  readonly makeWorkspace: (zoho: Emulator) => Workspace;
  readonly environment?: Readonly<Record<string, string>>;
  /** Sees every run with its requests, after all that is checked always; may end the story. */
  readonly seen?: (
    run: Run,
    since: readonly RequestLogEntry[],
    zoho: Emulator,
    before: ReadonlySet<string>,
  ) => void;
}

const AS_PROCESSES: Stage = { switches: {}, makeWorkspace: () => makeWorkspace() };

/**
 * Opens a story. After every run, whatever it was about, three things are checked: no secret in its output or in an
 * address, nothing on the wire that contract §1 rules out, and no two fields of one name or label in the organisation.
 */
export async function openStory(options: EmulatorOptions = {}, stage = AS_PROCESSES): Promise<Story> {
  const zoho = await startEmulator({
    // Stories count what the scopes of the guide cost; a profile that knows the organisation brings one more.
    ...(stage.profile === undefined ? {} : { profile: stage.profile, scope: GUIDE_SCOPE }),
    ...options,
    switches: { ...stage.switches, ...options.switches },
  });
  const folder = stage.makeWorkspace(zoho);
  let page = 0;
  const run: Story['run'] = async (args, { env, ...rest } = {}) => {
    // Between two commands of a story so much time passes that reads show what was changed.
    zoho.advance(zoho.switches.readLag);
    const from = zoho.requests.length;
    const before = idsOf(zoho);
    const environment = { ...QUICK, ...stage.environment, ...zoho.environment, ...env };
    const result = await folder.run(args, { ...rest, env: environment });
    const mine = zoho.requests.slice(from);
    const text = result.stdout + result.stderr + mine.map((one) => address(one)).join('\n');
    expect(leaks(text, secretsOf(zoho)), 'secrets that can be seen').toEqual([]);
    expect(
      wireSins(mine, (id) => !before.has(id)),
      'sins on the wire',
    ).toEqual([]);
    const untold = twins(zoho).filter((name) => !isTold(name, result));
    expect(untold, 'fields that exist twice, and nobody says so').toEqual([]);
    stage.seen?.(result, mine, zoho, before);
    return result;
  };
  return {
    zoho,
    folder,
    declare: (modules, name = 'fields.yaml') => void folder.write(name, manifest(modules)),
    run,
    json: async (args, runOptions) => {
      const before = idsOf(zoho);
      const result = await run([...args, '--json'], runOptions);
      const report = onlyDocument(result);
      // With `--emulator` another Zoho was meant, one that only its own state file knows.
      const meant = args.includes('--emulator') ? [] : untruths(report, result.code, zoho, before);
      expect(meant, 'what the report says and is not so').toEqual([]);
      return { ...result, report };
    },
    wire: () => wireOf(zoho, page),
    turnPage: () => {
      page = zoho.requests.length;
    },
    custom: (module = 'Deals') =>
      Object.fromEntries(
        zoho
          .fields(module)
          .all()
          .filter((field) => field['custom_field'] === true)
          .map((field) => [field.api_name, field.field_label]),
      ),
    endsWhere: (condition, why) => {
      if (condition) throw new StoryEnds(why);
    },
    close: async () => {
      await zoho.close();
      const found = filesToSearch(folder.path).filter(({ text }) => leaks(text, secretsOf(zoho)).length > 0);
      rmSync(folder.path, { recursive: true, force: true });
      expect(
        found.map(({ name }) => name),
        'files with a secret',
      ).toEqual([]);
    },
  };
}

/** Standard output as the one JSON document that it has to be. */
export function onlyDocument(run: Run): Report {
  expect(run.stdout.endsWith('\n'), `one whole document: ${run.stdout.slice(0, 500)}${run.stderr}`).toBe(
    true,
  );
  const report = JSON.parse(run.stdout) as Report;
  expect(report.format_version).toMatch(/^1\.\d+$/);
  expect(typeof report.kind).toBe('string');
  expect(Array.isArray(report.diagnostics)).toBe(true);
  return report;
}

/** YAML with a field in each line: the first field of the first module stands in line 3. */
export function manifest(modules: Readonly<Record<string, readonly Declared[]>>): string {
  return Object.entries(modules)
    .map(
      ([module, fields]) =>
        `module: ${module}\nfields:\n${fields.map((field) => `  - ${JSON.stringify(field)}\n`).join('')}`,
    )
    .join('---\n');
}

/** A plain text field; its label is its API name with spaces unless given. */
export function text(api_name: string, more: Declared = {}): Declared {
  return { api_name, field_label: api_name.replaceAll('_', ' '), data_type: 'text', length: 50, ...more };
}

/** `count` fields that are missing: `Part_1`, `Part_2`, … */
export function missing(count: number): readonly Declared[] {
  return Array.from({ length: count }, (_, index) => text(`Part_${index + 1}`));
}

/** Everything that a run must keep to itself. */
export function secretsOf(zoho: Emulator): readonly string[] {
  const tokens = zoho.requests.flatMap((one) => one.headers['authorization']?.replace(/^\S+ /, '') ?? []);
  const { ZOHO_CLIENT_SECRET = '', ZOHO_REFRESH_TOKEN = '' } = zoho.environment;
  return [...new Set([ZOHO_CLIENT_SECRET, ZOHO_REFRESH_TOKEN, ...tokens])].filter((one) => one.length > 12);
}

function idsOf(zoho: Emulator): ReadonlySet<string> {
  return new Set(
    WATCHED.flatMap((module) =>
      zoho
        .fields(module)
        .all()
        .map((field) => field.id),
    ),
  );
}

const address = (request: Emulator['requests'][number]): string =>
  `${request.path}?${new URLSearchParams(request.query).toString()}`;

/** API names, and labels, that Zoho holds twice for one declaration: a second field gets a number behind its name. */
function twins(zoho: Emulator): readonly string[] {
  return WATCHED.flatMap((module) => {
    const fields = zoho.fields(module).all();
    const names = fields.map((field) => field.api_name);
    const labels = fields.map((field) =>
      JSON.stringify([field.api_name.replace(/\d+$/u, ''), field.field_label]),
    );
    return [
      ...names.filter((name, index) => names.indexOf(name) !== index),
      ...fields
        .filter((_, index) => labels.indexOf(labels[index] ?? '') !== index)
        .map((field) => field.field_label),
    ];
  });
}

/** A Zoho that takes the same label twice has to be told of; any other must not get that far. */
function isTold(name: string, { stdout }: Run): boolean {
  return stdout.includes('DUPLICATE_DETECTED') && stdout.includes(name);
}
