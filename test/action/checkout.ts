import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface ActionStep {
  readonly id?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The action as GitHub reads it: what a runner would run is run here, word for word. */
const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
};
const [INSTALL, RUN, , VERDICT] = ACTION.runs.steps;

/** What one step of the action did. */
export interface StepRun {
  /** The code that the job ends with. */
  readonly verdict: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** A report, if it was written. */
  report(name: string): string | undefined;
  /** The reports as GitHub would keep them. */
  zip(): Uint8Array;
}

/** What a workflow and its event give to a step. */
export interface Given {
  readonly inputs?: Readonly<Record<string, string>>;
  /** The body of the event, such as the pull request that it is about. */
  readonly event?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** A folder with an `action.js` and a `bin.js`, in the place of what is built here. */
  readonly dist?: string;
}

/** A real repository on disk, as a runner has it. */
export interface Checkout {
  readonly path: string;
  /** Writes the manifest and commits it; the commit's hash. */
  commit(manifest: string, path?: string): string;
  /** Starts a branch for a pull request. */
  branch(name: string): void;
  /** Merges the branch into main, and stands on the merge commit. */
  merge(name: string): string;
  git(...words: readonly string[]): string;
  step(name: string, given: Given): Promise<StepRun>;
  /** Runs the step that installs, with a stand-in for npm: its words, folder and environment. */
  install(env: Readonly<Record<string, string>>): Promise<string>;
  remove(): void;
}

export function makeCheckout(): Checkout {
  const root = mkdtempSync(join(tmpdir(), 'zoho-fields-action-'));
  const path = join(root, 'checkout');
  mkdirSync(path);
  const base = {
    // As on a runner: the Node that runs the tests comes first.
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: root,
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const git = (...words: readonly string[]): string =>
    execFileSync('git', [...words], { cwd: path, env: base, encoding: 'utf8', stdio: 'pipe' }).trim();
  git('init', '-q', '-b', 'main');
  let runs = 0;
  const newTemp = (): string => {
    runs += 1;
    const temp = join(root, `temp-${runs}`);
    mkdirSync(temp);
    return temp;
  };
  return {
    path,
    git,
    commit: (manifest, name = 'fields.yaml') => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), manifest);
      git('add', name);
      git('commit', '-q', '-m', 'Change the manifest');
      return git('rev-parse', 'HEAD');
    },
    branch: (name) => void git('checkout', '-q', '-b', name),
    merge: (name) => {
      git('checkout', '-q', 'main');
      git('merge', '-q', '--no-ff', '-m', 'Merge', name);
      return git('rev-parse', 'HEAD');
    },
    step: async (step, { inputs = {}, event = {}, env = {}, dist }) => {
      const temp = newTemp();
      const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
      for (const file of Object.values(files)) writeFileSync(file, '');
      writeFileSync(join(temp, 'event.json'), JSON.stringify(event));
      const modules = join(temp, 'zoho-fields', 'node_modules', 'zoho-fields');
      mkdirSync(modules, { recursive: true });
      symlinkSync(dist ?? join(ROOT, 'dist'), join(modules, 'dist'));
      const runner = {
        ...base,
        ...files,
        CI: 'true',
        RUNNER_TEMP: temp,
        GITHUB_REPOSITORY: 'acme/crm',
        GITHUB_EVENT_PATH: join(temp, 'event.json'),
        GITHUB_REF: 'refs/heads/main',
        GITHUB_RUN_ID: '4711',
        ...env,
      };
      const context = {
        inputs: { ...defaults(), 'github-token': 'ghs_canary', step, ...inputs },
        outputs: {} as Record<string, string>,
      };
      const { code, log } = await bash(RUN, path, runner, context);
      const outputs = parseOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8'));
      context.outputs = outputs;
      const ended = code === 0 ? await bash(VERDICT, path, runner, context) : { code, log: '' };
      const folder = join(temp, 'zoho-fields-report');
      return {
        verdict: ended.code,
        log: log + ended.log,
        outputs,
        summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
        report: (file) =>
          existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined,
        zip: () =>
          zipSync(
            Object.fromEntries(
              readdirSync(folder).map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]),
            ),
          ),
      };
    },
    install: async (env) => {
      const temp = newTemp();
      const npm = join(temp, 'bin', 'npm');
      mkdirSync(dirname(npm));
      writeFileSync(npm, '#!/bin/sh\npwd\nenv\nfor word in "$@"; do echo "word: $word"; done\n', {
        mode: 0o755,
      });
      const runner = { ...base, PATH: `${dirname(npm)}:${base.PATH}`, RUNNER_TEMP: temp, ...env };
      const { code, log } = await bash(INSTALL, path, runner, { inputs: {}, outputs: {} });
      return `${code}\n${log.replaceAll(temp, 'TEMP')}`;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function defaults(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ACTION.inputs).map(([name, input]) => [name, input.default ?? '']),
  );
}

interface Context {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** One `run` of the action, as a runner runs it: with bash, and with its variables' expressions put in. */
function bash(
  step: ActionStep | undefined,
  cwd: string,
  env: Readonly<Record<string, string>>,
  { inputs, outputs }: Context,
): Promise<{ readonly code: number; readonly log: string }> {
  const own = Object.entries(step?.env ?? {}).map(([name, value]) => {
    const [, input] = /^\$\{\{ inputs\.([\w-]+) \}\}$/u.exec(value) ?? [];
    const [, output] = /^\$\{\{ steps\.run\.outputs\.([\w-]+) \}\}$/u.exec(value) ?? [];
    if (input === undefined && output === undefined) throw new Error(`an unknown expression: ${value}`);
    return [name, (input === undefined ? outputs[output ?? ''] : inputs[input]) ?? ''];
  });
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 99'], {
      cwd,
      env: { ...env, ...Object.fromEntries(own) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, log }));
  });
}

/** As the runner reads them: `name<<MARK`, lines, `MARK`. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const match of text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gmu)) {
    outputs[match[1] ?? ''] = match[3] ?? '';
  }
  return outputs;
}
