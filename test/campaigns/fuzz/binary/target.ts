import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BIN } from '../../../support/run-cli.ts';
import { rawControls } from '../../../unit/report/judges.ts';
import { anyManifest } from '../manifest/inputs.ts';
import { law, stackTraces, type Flaw, type Target, type Trial, type Verdict } from '../trial.ts';

/** Far more than the busiest machine needs; whatever still runs then never ends. */
const patienceMs = 60_000;

/** What a process left behind. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly used: Used;
}

type Used = NonNullable<Verdict['used']>;
const nothing: Used = { cpuMs: patienceMs, peakMiB: 0 };

const meter = fileURLToPath(new URL('usage.cjs', import.meta.url));

/** The same manifests through the built command, as people run it. */
export function binaryTarget(bin = BIN): Target {
  const trialOf = (bytes: Uint8Array, isJson: boolean): Trial => ({
    shown: bytes,
    judge: async () => judge(await validate(bin, bytes, isJson), isJson),
    smaller: () => [],
  });
  return {
    name: 'binary',
    trial: (random) => trialOf(anyManifest(random).bytes, random.chance(0.5)),
  };
}

function validate(bin: string, bytes: Uint8Array, isJson: boolean): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const words = ['validate', '-f', '-', ...(isJson ? ['--json'] : [])];
    const child = spawn(process.execPath, ['--require', meter, bin, ...words], {
      cwd: tmpdir(),
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir() },
      timeout: patienceMs,
      killSignal: 'SIGKILL',
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const used: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdio[3]?.on('data', (chunk: Buffer) => used.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code,
        out: Buffer.concat(out).toString(),
        err: Buffer.concat(err).toString(),
        // Nothing is said by a process that was killed.
        used: used.length === 0 ? nothing : (JSON.parse(Buffer.concat(used).toString()) as Used),
      }),
    );
    // What is not read any more is no failure of the one who writes.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
  });
}

function judge({ code, out, err, used }: Ended, isJson: boolean): Verdict {
  const flaws: Flaw[] = [...stackTraces(out), ...stackTraces(err)];
  if (code !== 0 && code !== 65)
    flaws.push({ kind: 'crash', what: `exit code ${code}: ${err.slice(0, 300)}` });
  flaws.push(...[...rawControls(out), ...rawControls(err)].slice(0, 3).map((sin) => law(sin)));
  if (isJson) flaws.push(...documentFlaws(out, code));
  else if (code === 65 && !/ at -:\d+:\d+ /u.test(out + err))
    flaws.push({ kind: 'position', what: 'refused without a place' });
  return { flaws, kinds: [code === 0 ? 'valid' : 'refused'], used };
}

interface Told {
  readonly kind?: unknown;
  readonly diagnostics?: readonly Readonly<Record<string, unknown>>[];
}

/** Contract §7: one document, whatever happens, and a place for each problem. */
function documentFlaws(out: string, code: number | null): Flaw[] {
  let told: Told;
  try {
    told = JSON.parse(out) as Told;
  } catch {
    return [law('not one JSON document')];
  }
  const { diagnostics = [] } = told;
  const isRefused = diagnostics.some((one) => one['severity'] === 'error');
  const flaws: Flaw[] = told.kind === 'validate' ? [] : [law(`a document of the kind ${String(told.kind)}`)];
  if (isRefused !== (code === 65)) flaws.push(law('the exit code says something else than the document'));
  for (const { code: word, file, line, column } of diagnostics) {
    const isPlaced = file === '-' && Number(line) >= 1 && Number(column) >= 1;
    if (!isPlaced) flaws.push({ kind: 'position', what: `${String(word)} has no place` });
  }
  return flaws;
}
