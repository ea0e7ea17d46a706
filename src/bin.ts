#!/usr/bin/env node
import module from 'node:module';
import { asksVersion } from './cli/words.ts';
import { onItsWay } from './machine/waiting.ts';
import { VERSION } from './model/version.ts';

// Node 22 and later can keep compiled code between runs; Node 20 has no such function.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

const argv = process.argv.slice(2);

// A reader of text that has seen enough, such as `head`, closes the pipe; that is not a failure. A full disk is one, and
// a document that nobody got.
let unwritten = false;
let isDocument = false;
let settle = (): void => {
  process.exitCode = 1;
};
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  const isClosed = error.code === 'EPIPE';
  if (isClosed && !isDocument) return;
  if (!unwritten) {
    process.stderr.write(`error    The output could not be written (${error.code ?? error.message}).\n`);
    process.stderr.write(
      `         do: ${isClosed ? 'Read it to its end' : 'Make room where it goes to'}, then run the command again.\n`,
    );
  }
  unwritten = true;
  settle();
});

// Progress that nobody can see any more must not end a run in the middle of its work.
process.stderr.on('error', () => undefined);

if (asksVersion(argv)) process.stdout.write(`${VERSION}\n`);
else void run();

async function run(): Promise<void> {
  const { processIo } = await import('./cli/process-io.ts');
  const io = processIo();
  // What waits for an answer leaves first: all that follows is loaded and done meanwhile.
  const begun = argv[0] === 'plan' ? (await import('./cli/begin.ts')).beginPlan(argv, io) : undefined;
  if (begun !== undefined) await onItsWay(begun);
  const [{ main, tellFailure, wantsJson }, { exitUnwritten }] = await Promise.all([
    import('./cli/main.ts'),
    import('./cli/exit-code.ts'),
  ]);
  isDocument = wantsJson(argv);
  // What nobody awaits is a bug as well. Node would print the error with all that it holds, such as a whole request.
  process.once('uncaughtException', (error) => process.exit(tellFailure(error, argv, io)));
  const code = await main(argv, io, begun);
  settle = () => {
    process.exitCode = unwritten ? exitUnwritten(code) : code;
  };
  settle();
  // Connections that are kept for a next request would hold the process; what is written must be taken first.
  await Promise.all([taken(process.stdout), taken(process.stderr)]);
  process.exit();
}

/** Resolves when all that was written has been taken, or cannot be. */
function taken(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    // A turn later whatever went wrong has been told.
    stream.write('', () => setImmediate(resolve));
  });
}
