import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ACTION = fileURLToPath(new URL('../../.github/actions/zoho-fields', import.meta.url));
const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

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
  zip(): Buffer;
}

/** A real repository on disk, as a runner has it. */
export interface Checkout {
  readonly path: string;
  /** Writes the manifest and commits it; the commit's hash. */
  commit(manifest: string): string;
  /** Starts a branch for a pull request. */
  branch(name: string): void;
  /** Merges the branch into main, and stands on the merge commit. */
  merge(name: string): string;
  git(...words: readonly string[]): string;
  step(name: string, env: Readonly<Record<string, string>>): Promise<StepRun>;
  remove(): void;
}

export function makeCheckout(): Checkout {
  const root = mkdtempSync(join(tmpdir(), 'zoho-fields-action-'));
  const path = join(root, 'checkout');
  mkdirSync(path);
  const base = {
    PATH: process.env['PATH'] ?? '',
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
  return {
    path,
    git,
    commit: (manifest) => {
      writeFileSync(join(path, 'fields.yaml'), manifest);
      git('add', 'fields.yaml');
      git('commit', '-q', '-m', 'Change the manifest');
      return git('rev-parse', 'HEAD');
    },
    branch: (name) => void git('checkout', '-q', '-b', name),
    merge: (name) => {
      git('checkout', '-q', 'main');
      git('merge', '-q', '--no-ff', '-m', 'Merge', name);
      return git('rev-parse', 'HEAD');
    },
    step: async (name, env) => {
      runs += 1;
      const temp = join(root, `temp-${runs}`);
      mkdirSync(temp);
      const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
      for (const file of Object.values(files)) writeFileSync(file, '');
      const all = {
        ...base,
        ...files,
        STEP: name,
        MANIFEST: 'fields.yaml',
        CI: 'true',
        RUNNER_TEMP: temp,
        GITHUB_REPOSITORY: 'acme/crm',
        GITHUB_TOKEN: 'ghs_canary',
        ZOHO_FIELDS_CLI: `${process.execPath} ${BIN}`,
        ...env,
      };
      const { code, log } = await run('run.sh', path, all);
      const outputs = parseOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8'));
      const ended = await run('verdict.sh', path, { ...base, VERDICT: outputs['verdict'] ?? String(code) });
      const folder = join(temp, 'zoho-fields-report');
      return {
        verdict: code === 0 ? ended.code : code,
        log,
        outputs,
        summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
        report: (file) =>
          existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined,
        zip: () => {
          execFileSync('zip', ['-q', '-r', join(temp, 'kept.zip'), '.'], { cwd: folder });
          return readFileSync(join(temp, 'kept.zip'));
        },
      };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function run(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', [join(ACTION, script)], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
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
  for (const match of text.matchAll(/^([\w-]+)<<(\w+)\n([\s\S]*?)\n\2$/gmu)) {
    outputs[match[1] ?? ''] = match[3] ?? '';
  }
  return outputs;
}
