import { join } from 'node:path';
import { build } from 'esbuild';

/** The emulator as one file, as a package would ship it: prints its address, and stays unless told `--once`. */
export async function bundle(folder: string): Promise<string> {
  const outfile = join(folder, 'emulator.mjs');
  const contents = `import { startEmulator } from './start.ts';
    const [argument] = process.argv.slice(2);
    const zoho = await startEmulator(argument === '--once' ? {} : { stateFile: argument });
    process.stdout.write(zoho.url + '\\n');
    if (argument === '--once') await zoho.close();`;
  await build({
    stdin: { contents, resolveDir: join(import.meta.dirname, '../../src/emulator'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    outfile,
  });
  return outfile;
}
