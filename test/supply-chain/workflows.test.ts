import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { build } from 'esbuild';
import { parse } from 'yaml';

type Permissions = Readonly<Record<string, string>> | string;

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Permissions;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Action {
  readonly branding: { readonly icon: string; readonly color: string };
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const below = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`);
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const yamlFiles = below('.github').filter((path) => /\.ya?ml$/u.test(path));
const workflows = new Map(
  yamlFiles
    .filter((path) => path.startsWith('.github/workflows/'))
    .map((path) => [path, parse(read(path)) as Workflow]),
);
const action = parse(read('action.yml')) as Action;
const jobs = [...workflows].flatMap(([path, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${path.split('/')[2]} ${name}`, job })),
);
const steps = [...jobs.flatMap(({ job }) => job.steps), ...action.runs.steps];

/** Every right to write that a job has: each one is needed by a step of that job, and by no other job. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  'codeql.yml analyse': ['security-events'],
  'scorecard.yml analyse': ['id-token', 'security-events'],
  'release.yml publish': ['id-token'],
  'release.yml attach': ['contents'],
};

describe('the workflows', () => {
  it('are all there', () => {
    expect(new Set([...workflows.keys()].map((path) => path.split('/')[2]))).toEqual(
      new Set(['ci.yml', 'codeql.yml', 'release.yml', 'scorecard.yml']),
    );
    expect(steps.length).toBeGreaterThan(20);
  });

  it('read by default, and write only where a step needs it', () => {
    for (const { permissions } of workflows.values()) expect(permissions).toEqual({ contents: 'read' });
    const writes = jobs.flatMap(({ name, job }) => {
      const rights = typeof job.permissions === 'string' ? { [job.permissions]: 'write' } : job.permissions;
      const held = Object.entries(rights ?? {}).filter(([, right]) => right !== 'read' && right !== 'none');
      return held.length === 0 ? [] : [[name, held.map(([right]) => right)]];
    });
    expect(Object.fromEntries(writes)).toEqual(WRITES);
  });

  it('run no code of packages and no script where there is a right to write, but npm itself', () => {
    const commands = jobs
      .filter(({ name }) => name in WRITES)
      .flatMap(({ job }) => job.steps.flatMap(({ run }) => (run === undefined ? [] : [run.split(' ')[0]])));
    expect(commands).toEqual(['sha256sum', 'npm', 'gh']);
  });

  it('never start with the rights of this repository for the code of a stranger', () => {
    for (const [path, { on }] of workflows) {
      for (const trigger of Object.keys(on)) {
        expect.soft(trigger, path).toMatch(/^(?:push|pull_request|schedule|branch_protection_rule)$/u);
      }
    }
  });

  it('end, leave no credentials behind, and let no package run a script', () => {
    expect(jobs.filter(({ job }) => job['timeout-minutes'] === undefined)).toEqual([]);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@') === true);
    expect(checkouts.length).toBeGreaterThan(4);
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
    const commands = [
      ...steps.map(({ run = '' }) => run),
      read('.ci/run'),
      read('.github/scripts/build-twice.sh'),
    ];
    const installs = commands.flatMap(
      (text) => text.match(/^.*\bnpm (?:ci|install|publish|pack)\b.*$/gmu) ?? [],
    );
    expect(installs.length).toBeGreaterThan(4);
    expect(installs.filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
  });

  it('keep no secret: publishing is proven by where it runs', () => {
    for (const [path, workflow] of workflows)
      expect(JSON.stringify(workflow), path).not.toContain('secrets.');
  });
});

describe('a foreign action', () => {
  // YAML drops comments, so these are lines; the examples are copied by people.
  const lines = [...yamlFiles, 'action.yml', ...below('docs/examples'), 'docs/ci.md'].flatMap(
    (path) =>
      read(path)
        .match(/^[\s-]*uses:.*$/gmu)
        ?.map((line) => line.trim()) ?? [],
  );
  const foreign = lines.filter((line) => !/uses: OWNER\/zoho-fields@FULL_COMMIT_HASH # v\d/u.test(line));
  const pinned = /^(?:- )?uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/u;

  it('is pinned by its full hash, with the version that people know it by', () => {
    expect(foreign.length).toBeGreaterThan(15);
    expect(foreign.filter((line) => !pinned.test(line))).toEqual([]);
  });

  it('has one version everywhere', () => {
    const versions = new Map<string, Set<string>>();
    for (const line of foreign) {
      const [, path = '', hash = '', version = ''] = pinned.exec(line) ?? [];
      const repository = path.split('/').slice(0, 2).join('/');
      versions.set(repository, (versions.get(repository) ?? new Set()).add(`${hash} ${version}`));
    }
    expect([...versions].filter(([, all]) => all.size > 1)).toEqual([]);
  });
});

describe('the action', () => {
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };

  it('is one that GitHub lists, and installs exactly the version that it was released with', () => {
    expect(action.runs.using).toBe('composite');
    expect(action.branding).toEqual({ icon: 'check-square', color: 'blue' });
    const installs = action.runs.steps.filter(({ run }) => run?.includes('npm install') === true);
    expect(installs).toHaveLength(1);
    expect(installs[0]?.run).toContain(` zoho-fields@${version} `);
    expect(installs[0]?.env).toBeUndefined();
  });

  it('hands every input to one program, and to nothing else', () => {
    const given = action.runs.steps.flatMap(({ env }) => Object.values(env ?? {}));
    const used = given.flatMap((value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/u.exec(value)?.[1] ?? []);
    expect(used.sort()).toEqual(Object.keys(action.inputs).sort());
    const withInputs = action.runs.steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('inputs.'));
    expect(withInputs.map(({ id }) => id)).toEqual(['run']);
  });

  it('needs nothing of a runner but bash, node, npm and git', () => {
    const programs = action.runs.steps.flatMap(
      ({ run = '' }) => run.match(/(?:^|&& |\| )(?:exec )?\w+/gu) ?? [],
    );
    expect(programs.map((words) => words.split(' ').at(-1))).toEqual(['cd', 'npm', 'node', 'exit']);
  });
});

/** Pages and the workflows that they show, which people copy. */
const pages = ['README.md', ...below('docs').filter((path) => path.endsWith('.md'))];
const shown = pages.flatMap((page) =>
  [...read(page).matchAll(/^```ya?ml\n([\s\S]*?)^```$/gmu)].map(([, text = '']) => ({ page, text })),
);
const examples = new Map(
  below('docs/examples')
    .filter((path) => /\.ya?ml$/u.test(path) && /^jobs:/mu.test(read(path)))
    .map((path) => [path, read(path)]),
);

/** GitHub's own parser, which its editor uses. It imports its JSON in a way that Node refuses, and a bundler takes. */
async function githubsParser(): Promise<typeof import('@actions/workflow-parser')> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from '@actions/workflow-parser';", resolveDir: ROOT },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  const text = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return import(/* @vite-ignore */ `data:text/javascript;base64,${text}`) as Promise<
    typeof import('@actions/workflow-parser')
  >;
}

const github = await githubsParser();

/** What GitHub has against a workflow. */
async function faultsOf(name: string, content: string): Promise<readonly string[]> {
  const { context, value } = github.parseWorkflow({ name, content }, new github.NoOperationTraceWriter());
  if (value === undefined) return context.errors.getErrors().map(({ message }) => message);
  const { errors = [] } = await github.convertWorkflowTemplate(context, value);
  return errors.map(({ Message }) => Message);
}

describe('the example workflows', () => {
  it('are valid to GitHub, as are our own', async () => {
    expect([...examples.keys()].sort()).toEqual([
      'docs/examples/action-workflow.yml',
      'docs/examples/snapshot-workflow.yml',
      'docs/examples/workflow.yml',
    ]);
    for (const [path, text] of examples) expect(await faultsOf(path, text), path).toEqual([]);
    for (const path of workflows.keys()) expect(await faultsOf(path, read(path)), path).toEqual([]);
    const broken = examples.get('docs/examples/workflow.yml')?.replace('steps:', 'stepz:') ?? '';
    expect(await faultsOf('broken.yml', broken)).not.toEqual([]);
    const unknown = examples
      .get('docs/examples/workflow.yml')
      ?.replace('secrets.ZOHO_CLIENT_ID', 'secret.ID');
    expect(await faultsOf('unknown.yml', unknown ?? '')).not.toEqual([]);
  });

  it('are what the pages show, letter by letter', () => {
    const quoted = shown.filter(({ text }) => /^jobs:/mu.test(text));
    expect(quoted.filter(({ text }) => ![...examples.values()].includes(text))).toEqual([]);
    expect(quoted.length).toBeGreaterThan(0);
  });

  it('run nothing unpinned where there are secrets, and nothing of a package while it is installed', () => {
    const lines = [...pages, ...examples.keys(), 'action.yml'].flatMap((path) => read(path).split('\n'));
    const started = lines.filter((line) =>
      /^(?:\$ |npm ci && | *(?:- )?run: )?npx\b.*zoho-fields/u.test(line),
    );
    // The built-in Zoho needs no secret, and `npx --no` runs only what is installed here.
    expect(started.filter((line) => !/--emulator|npx --no /u.test(line))).toEqual([]);
    const installs = [...examples.values()].flatMap((text) => text.match(/^.*\bnpm i.*$/gmu) ?? []);
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    expect(installs.map((line) => line.trim())).toEqual([
      `run: npm install --global --ignore-scripts zoho-fields@${version}`,
    ]);
  });

  it('install before any secret is in the environment, and read no file of settings', () => {
    const { jobs: planning } = parse(examples.get('docs/examples/workflow.yml') ?? '') as Workflow;
    for (const job of Object.values(planning)) {
      expect(JSON.stringify({ ...job, steps: [] })).not.toContain('secrets.');
      const first = job.steps.findIndex((step) => JSON.stringify(step).includes('secrets.'));
      const ours = job.steps.filter(({ run }) => run?.startsWith('zoho-fields ') === true);
      expect(job.steps.findIndex(({ run }) => run?.startsWith('npm install') === true)).toBeLessThan(first);
      expect(job.steps.slice(first)).toEqual(ours);
      expect(ours.filter(({ run }) => run?.includes(' --settings /dev/null') !== true)).toEqual([]);
    }
  });
});

describe('the example workflow of the Action', () => {
  const ours = parse(examples.get('docs/examples/action-workflow.yml') ?? '') as Workflow;
  const uses = Object.entries(ours.jobs).flatMap(([name, job]) =>
    job.steps.filter((step) => step.uses?.startsWith('OWNER/') === true).map((step) => ({ name, job, step })),
  );

  it('is whole: each job runs one step of the action, with inputs that it has', () => {
    expect(Object.keys(ours.on)).toEqual(['pull_request', 'push', 'schedule']);
    expect(uses.map(({ name, step }) => [name, step.with?.['step']])).toEqual([
      ['review', 'review'],
      ['apply', 'apply'],
      ['drift', 'drift'],
    ]);
    for (const { step } of uses) {
      expect(Object.keys(step.with ?? {}).filter((name) => !(name in action.inputs))).toEqual([]);
    }
    for (const { job } of uses) {
      const checkout = job.steps.find((step) => step.uses?.startsWith('actions/checkout@'));
      expect(checkout?.with?.['persist-credentials']).toBe(false);
    }
  });

  it('gives each job the rights that its calls of GitHub need, and no others', () => {
    expect(ours.permissions).toEqual({});
    const rights = Object.fromEntries(uses.map(({ name, job }) => [name, job.permissions]));
    expect(rights).toEqual({
      review: { contents: 'read', 'pull-requests': 'write' },
      apply: { contents: 'read', actions: 'read', 'pull-requests': 'write' },
      drift: { contents: 'read', issues: 'write' },
    });
  });
});

describe('a form for issues', () => {
  const forms = yamlFiles.filter((path) => path.startsWith('.github/ISSUE_TEMPLATE/'));

  it.each(forms)('%s is one that GitHub shows', (path) => {
    const form = parse(read(path)) as {
      readonly name: string;
      readonly description: string;
      readonly body: readonly { readonly type: string; readonly id?: string; readonly attributes: object }[];
    };
    expect([typeof form.name, typeof form.description]).toEqual(['string', 'string']);
    for (const { type, attributes } of form.body) {
      expect(['markdown', 'textarea', 'input']).toContain(type);
      expect(attributes).toHaveProperty(type === 'markdown' ? 'value' : 'label');
    }
    const ids = form.body.flatMap(({ id }) => id ?? []);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

describe('a shell line', () => {
  it('holds no expression: what a stranger wrote into a title would be run', () => {
    expect(steps.filter(({ run }) => run?.includes('${{') === true)).toEqual([]);
  });
});

describe('updates of dependencies', () => {
  it('wait some days, because a hijacked release is found within days', () => {
    const { updates } = parse(read('.github/dependabot.yml')) as {
      readonly updates: readonly {
        readonly 'package-ecosystem': string;
        readonly cooldown?: { readonly 'default-days'?: number };
      }[];
    };
    expect(updates.map((one) => one['package-ecosystem'])).toEqual(['npm', 'github-actions']);
    for (const { cooldown } of updates) expect(cooldown?.['default-days'] ?? 0).toBeGreaterThanOrEqual(7);
  });
});

describe('a release', () => {
  const release = (manifest: object, tag: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-release-'));
    try {
      writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
      writeFileSync(join(folder, 'action.yml'), 'run: npm install zoho-fields@1.2.3 >&2\n');
      const env = {
        GITHUB_REF_NAME: tag,
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/crm',
      };
      const script = join(ROOT, '.github/scripts/check-release.mjs');
      const run = spawnSync(process.execPath, [script], { cwd: folder, env, encoding: 'utf8' });
      return `${run.status} ${run.stderr.trim()}`;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const repository = { url: 'git+https://github.com/acme/crm.git' };

  it('is refused early where npm would refuse it, or where tag and version differ', () => {
    expect(release({ version: '1.2.3', repository }, 'v1.2.3')).toBe('0 ');
    expect(release({ version: '1.2.3', repository }, 'v1.2.4')).toBe(
      '1 The tag is v1.2.4, the version 1.2.3.',
    );
    expect(release({ version: '1.2.4', repository }, 'v1.2.4')).toBe(
      '1 action.yml installs another version than 1.2.4.',
    );
    expect(release({ version: '1.2.3' }, 'v1.2.3')).toMatch(/^1 npm proves the origin .*acme\/crm\.git\.$/u);
  });
});
