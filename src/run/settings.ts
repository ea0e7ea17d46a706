import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from '../credentials/env-text.ts';
import type { Diagnostic } from '../model/problem.ts';
import { Problem, problem } from '../model/problem.ts';
import { diskCode, whyUnreadable } from '../machine/disk.ts';
import { hideSettings } from './secret-free-io.ts';
import type { Io } from '../machine/io.ts';

/** The origin of a setting that no file gave. */
export const ENVIRONMENT = 'the environment';

/** A value and where it comes from. */
export interface Setting {
  readonly value: string;
  /** `the environment` or the path of a file. */
  readonly origin: string;
}

/** Looks settings up: environment before file; an empty value counts as not set (contract §3). */
export interface Settings {
  get(name: string): Setting | undefined;
  /** Where a missing setting was looked for, in words. */
  readonly searched: string;
}

/** Settings that know their file, for the commands that look after it. */
export interface FileSettings extends Settings {
  /** The absolute path of the file, whether it exists or not. */
  readonly path: string;
  readonly exists: boolean;
  /** What the file alone says, also where the environment overrules it. */
  inFile(name: string): string | undefined;
}

/** The settings that say which organisation is meant, and what is known of it. */
const OF_AN_ORGANISATION: ReadonlySet<string> = new Set([
  'ZOHO_CLIENT_ID',
  'ZOHO_CLIENT_SECRET',
  'ZOHO_REFRESH_TOKEN',
  'ZOHO_DC',
  'ZOHO_ACCOUNTS_URL',
  'ZOHO_API_URL',
  'ZOHO_CUSTOM_FIELD_LIMIT',
]);

/**
 * Reads the settings of one organisation among several. Which one it is only its file says: the environment means the
 * same for all of them.
 * @throws Problem `configuration` as {@link readSettings} does.
 */
export function readOwnSettings(io: Pick<Io, 'cwd' | 'env'>, envFile: string): FileSettings {
  const settings = readSettings(io, envFile);
  const { path } = settings;
  return {
    ...settings,
    get: (name) => {
      if (!OF_AN_ORGANISATION.has(name)) return settings.get(name);
      const value = settings.inFile(name) ?? '';
      return value === '' ? undefined : { value, origin: path };
    },
    searched: path,
  };
}

/**
 * Reads `.env` of the current folder, or the file that `--settings` names.
 *
 * Only the file's text is parsed: nothing is printed and the process's environment stays as it is.
 * @param missing whether a file that was asked for may be absent, because it is about to be written.
 * @throws Problem `configuration` when a file that was asked for cannot be read.
 */
export function readSettings(
  io: Pick<Io, 'cwd' | 'env'>,
  envFile: string | undefined,
  missing: 'refused' | 'allowed' = 'refused',
): FileSettings {
  const path = resolve(io.cwd, envFile ?? '.env');
  const text = readText(path, envFile !== undefined && missing === 'refused');
  const file = text === undefined ? {} : parseEnv(text);
  const found = (value: string | undefined, origin: string): Setting | undefined =>
    value === undefined || value === '' ? undefined : { value, origin };
  const inFile = (name: string): string | undefined => (Object.hasOwn(file, name) ? file[name] : undefined);
  hideSettings(inFile);
  return {
    path,
    exists: text !== undefined,
    inFile,
    get: (name) => found(io.env[name], ENVIRONMENT) ?? found(inFile(name), path),
    searched: `the environment and ${path}${text === undefined ? ' (which does not exist)' : ''}`,
  };
}

/** Settings that nobody wrote: those of a built-in Zoho. */
export function fixedSettings(values: Readonly<Record<string, string>>, origin: string): Settings {
  return {
    searched: origin,
    get: (name) => {
      const value = values[name];
      return value === undefined ? undefined : { value, origin };
    },
  };
}

function readText(path: string, required: boolean): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = diskCode(error);
    if (!required && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
    throw problem(
      'configuration',
      'env-file-unreadable',
      `The file of settings ${path} cannot be read: ${whyUnreadable(code)}.`,
      required
        ? 'Correct the path behind --settings; "zoho-fields auth login --settings FILE" makes such a file.'
        : 'Make the file readable, or remove it.',
    );
  }
}

/** Collects all that is wrong with a group of settings, so that one run names everything. */
export class SettingsCheck {
  readonly #found: Diagnostic[] = [];

  /** What was noted so far. */
  get found(): readonly Diagnostic[] {
    return this.#found;
  }

  /** Notes one problem. */
  add(code: string, message: string, remedy: string): void {
    this.#found.push({ severity: 'error', code, message, remedy });
  }

  /** @throws Problem `configuration` when anything was noted. */
  finish(): void {
    const [first, ...rest] = this.#found;
    if (first !== undefined) throw new Problem('configuration', [first, ...rest]);
  }
}
