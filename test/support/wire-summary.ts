import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Seen } from './wire-watch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where each test file notes what the client sent. */
    wireLog: string;
  }
}

/** Adds up, over all test files, what the client sent, and tells it in one line after the last of them. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-wire-'));
  const log = join(folder, 'seen.jsonl');
  project.provide('wireLog', log);
  return () => {
    const files = readLines(log).map((line) => JSON.parse(line) as Seen);
    rmSync(folder, { recursive: true, force: true });
    if (files.some((seen) => Object.keys(seen.methods).length > 0))
      process.stdout.write(`${summary(files)}\n`);
  };
}

function summary(files: readonly Seen[]): string {
  const count = (method: string): number =>
    files.reduce((sum, { methods }) => sum + (methods[method] ?? 0), 0);
  const known = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
  const strange = files.flatMap(({ methods }) => Object.keys(methods).filter((one) => !known.includes(one)));
  const words = [...known, ...new Set(strange)].map((method) => `${method} ${count(method)}`);
  const sins = files.reduce((sum, seen) => sum + seen.sins.length, 0);
  const labels = files.reduce((sum, seen) => sum + seen.labels, 0);
  const others = files.reduce((sum, seen) => sum + seen.others, 0);
  return `Sent by the client in ${files.length} test files: ${words.join(', ')}; labels set: ${labels}, each held against what a read had shown; against the rules of the wire: ${sins}. Sent by tests and SDKs, and not judged: ${others}.`;
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}
