#!/usr/bin/env node
import module from 'node:module';
import { VERSION } from './cli/version.ts';

// Node 22 and later can keep compiled code between runs; Node 20 has no such function.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

// A reader that has seen enough, such as `head`, closes the pipe; that is not a failure. A full disk is one.
let unwritten = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  if (!unwritten) {
    process.stderr.write(`error    The output could not be written (${error.code ?? error.message}).\n`);
    process.stderr.write('         do: Make room where it goes to, then run the command again.\n');
  }
  unwritten = true;
  process.exitCode ||= 1;
});

// Progress that nobody can see any more must not end a run in the middle of its work.
process.stderr.on('error', () => undefined);

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.write(`${VERSION}\n`);
} else {
  const [{ main, tellFailure }, { processIo }] = await Promise.all([
    import('./cli/main.ts'),
    import('./cli/process-io.ts'),
  ]);
  const io = processIo();
  // What nobody awaits is a bug as well. Node would print the error with all that it holds, such as a whole request.
  process.once('uncaughtException', (error) => process.exit(tellFailure(error, argv, io)));
  // Never process.exit after writing: it would cut what a pipe has not taken yet.
  const code = await main(argv, io);
  process.exitCode = code === 0 && unwritten ? 1 : code;
}
