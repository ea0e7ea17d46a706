import { resolve } from 'node:path';
import {
  FaultsError,
  parseFaultsFile,
  parseSeedFile,
  SeedError,
  type Emulator,
  type EmulatorOptions,
} from '../../emulator/start.ts';
import {
  isSwitchName,
  parseSwitches,
  SWITCH_NAMES,
  SWITCHES,
  type Switches,
} from '../../emulator/switches.ts';
import { didYouMean, meantOrAll } from '../../model/closest.ts';
import { misuse, problem } from '../../model/problem.ts';
import { hanging, usableWidth, wrap } from '../../report/media/layout.ts';
import { show } from '../../zoho/redact.ts';
import { EXIT } from '../exit-code.ts';
import { type Io, lookOf } from '../../machine/io.ts';
import { diskCode } from '../../machine/disk.ts';
import { PROFILE, readKept } from '../../machine/kept-file.ts';
import { readFileBytes } from '../../machine/read-bytes.ts';
import { consoleOf, startLocalZoho } from '../../run/local-zoho.ts';

export interface EmulatorCommandOptions {
  readonly port: number;
  readonly state?: string;
  readonly seed?: string;
  readonly module: string;
  readonly switch: readonly string[];
  readonly faults?: string;
  readonly switches?: boolean;
  /** Lines that a shell can source as they are. */
  readonly export?: boolean;
  /** What `probe --out` wrote. */
  readonly profile?: string;
}

/**
 * `emulator`: the local Zoho, until stopped. Once it answers, standard output has the environment as `KEY=value` lines
 * (contract §3); being stopped is its regular end.
 */
export async function emulator(options: EmulatorCommandOptions, io: Io): Promise<number> {
  if (options.switches === true) {
    io.stdout.write(switchList(usableWidth(io.stdout.columns)));
    return EXIT.done;
  }
  const running = await start(options, io);
  for (const value of Object.values(running.environment)) show(value);
  const word = options.export === true ? 'export ' : '';
  const lines = Object.entries(running.environment).map(([key, value]) => `${word}${key}=${value}\n`);
  io.stdout.write(lines.join(''));
  io.stderr.write(
    `The local Zoho is at ${running.url}. Press Ctrl-C to stop it.\nCodes for a login: ${consoleOf(running.url)}\n`,
  );
  if (options.profile !== undefined) io.stderr.write(imitated(running, lookOf(io.stderr, io).width));
  await stopped(io.interrupt.signal);
  await running.close();
  return EXIT.done;
}

async function start(options: EmulatorCommandOptions, io: Io): Promise<Emulator> {
  const { port, state, seed, faults, profile, module } = options;
  const settings: EmulatorOptions = {
    port,
    switches: readSwitches(options.switch),
    ...(profile === undefined ? {} : { profile: { ...(await readKept(PROFILE, profile, io)) } }),
    ...(state === undefined ? {} : { stateFile: resolve(io.cwd, state) }),
    ...(seed === undefined
      ? {}
      : { seed: await readInput(seed, 'seed', (text) => parseSeedFile(text, module), io) }),
    ...(faults === undefined ? {} : { faults: await readInput(faults, 'faults', parseFaultsFile, io) }),
  };
  return startLocalZoho(settings, io).catch((error: unknown) => {
    throw portProblem(error, port) ?? error;
  });
}

function readSwitches(words: readonly string[]): Partial<Switches> {
  const wishes = words.map((one) => splitSwitch(one));
  for (const [name, value] of wishes) {
    if (!isSwitchName(name)) throw noSwitch(`no switch "${name}"`, meantOrAll(name, SWITCH_NAMES));
    const entry = SWITCHES[name];
    const positions = entry.kind === 'choice' ? entry.values.map(String) : [value];
    if (!positions.includes(value))
      throw noSwitch(`${name} is one of: ${positions.join(', ')}`, didYouMean(value, positions));
  }
  try {
    return parseSwitches(Object.fromEntries(wishes));
  } catch (error) {
    throw error instanceof RangeError ? noSwitch(error.message) : error;
  }
}

function noSwitch(why: string, meant = ''): Error {
  const all = '"zoho-fields emulator --switches" lists the switches with their positions.';
  return misuse(`--switch cannot be used: ${why}.`, `${meant} ${all}`.trim());
}

/** The answers of the largest organisation are far below this. */
const MOST_BYTES = 64 * 1024 * 1024;

const REMEDY = {
  seed: 'A seed is what GET of fields answered for an organisation: {"fields": […]}, of the module that --module names.',
  faults:
    'A file of faults is a list such as [{"kind": "status", "status": 503, "path": "/settings/fields", "times": 1}].',
} as const;

/**
 * Reads a file that the local Zoho is to start with.
 * @throws Problem `not-found`, or `invalid` where it cannot be used.
 */
async function readInput<Value>(
  path: string,
  what: keyof typeof REMEDY,
  parse: (text: string) => Value,
  io: Io,
): Promise<Value> {
  const bytes = await readFileBytes(path, MOST_BYTES, what, io);
  try {
    return parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof SeedError || error instanceof FaultsError)) throw error;
    throw problem('invalid', `${what}-damaged`, `${path} cannot be used. ${error.message}`, REMEDY[what]);
  }
}

/** Only the port that was asked for can be in the way: any free one is free. */
function portProblem(error: unknown, port: number): Error | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'listen') return undefined;
  const code = diskCode(error);
  const why = Object.hasOwn(WHY_NOT_LISTENING, code) ? WHY_NOT_LISTENING[code] : code;
  return problem(
    'failed',
    'port-not-usable',
    `The local Zoho cannot listen on port ${port}: ${why}.`,
    'Choose another port with --port; "--port 0", which is the default, takes any free one.',
  );
}

const WHY_NOT_LISTENING: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program does',
  EACCES: 'you may not use it',
};

function splitSwitch(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Resolves at the first signal. */
function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((finish) => {
    if (signal.aborted) finish();
    else signal.addEventListener('abort', () => finish(), { once: true });
  });
}

/** What the local Zoho does not have from the profile. */
function imitated({ assumed, ignored }: Emulator, width: number): string {
  const told = [
    ...(assumed.length === 0
      ? []
      : [`The profile does not know these; they are as the sheet has them: ${assumed.join(', ')}.`]),
    ...(ignored.length === 0
      ? []
      : [`The profile knows these, and the local Zoho cannot show them: ${ignored.join(', ')}.`]),
  ];
  return told.map((text) => `${wrap(text, width, 0).join('\n')}\n`).join('');
}

function switchList(width: number): string {
  return Object.entries(SWITCHES)
    .map(([name, entry]) => {
      const values = entry.kind === 'choice' ? entry.values.join(' | ') : entry.kind;
      const about = [entry.about, `${values}; default: ${entry.values[0]}`];
      return [name, ...about.flatMap((text) => hanging(text, width, 4, 4)), ''].join('\n');
    })
    .join('');
}
