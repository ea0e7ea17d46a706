import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseSeedFile, type Emulator, type EmulatorOptions, type Fault } from '../../emulator/start.ts';
import { SWITCHES, parseSwitches } from '../../emulator/switches.ts';
import { Problem, problem } from '../../model/problem.ts';
import { hanging, usableWidth, wrap } from '../../report/media/layout.ts';
import { show } from '../../zoho/redact.ts';
import { EXIT } from '../exit-code.ts';
import type { Io } from '../../machine/io.ts';
import { readProfileFile } from '../../machine/profile-file.ts';
import { lookOf } from '../../run/look.ts';
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
  const file = (name: string): string => resolve(io.cwd, name);
  try {
    const settings: EmulatorOptions = {
      port: options.port,
      switches: parseSwitches(Object.fromEntries(options.switch.map((one) => splitSwitch(one)))),
      ...(options.profile === undefined
        ? {}
        : { profile: { ...(await readProfileFile(options.profile, io)) } }),
      ...(options.state === undefined ? {} : { stateFile: file(options.state) }),
      ...(options.seed === undefined
        ? {}
        : { seed: parseSeedFile(await readFile(file(options.seed), 'utf8'), options.module) }),
      ...(options.faults === undefined
        ? {}
        : { faults: JSON.parse(await readFile(file(options.faults), 'utf8')) as readonly Fault[] }),
    };
    return await startLocalZoho(settings, io);
  } catch (error) {
    if (error instanceof Problem || !(error instanceof Error)) throw error;
    throw problem(
      'usage',
      'emulator-not-started',
      `The local Zoho could not be started: ${error.message}`,
      'Correct what is named; "zoho-fields emulator --help" shows the options, "--switches" the switches.',
    );
  }
}

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
      const about = [entry.about, `${values}; default: ${entry.default}`];
      return [name, ...about.flatMap((text) => hanging(text, width, 4, 4)), ''].join('\n');
    })
    .join('');
}
