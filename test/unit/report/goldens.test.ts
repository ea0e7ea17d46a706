import { describe, expect, it } from 'vitest';
import type { Format } from '../../../src/report/media/formats.ts';
import { SCENARIOS } from './scenarios.ts';

const FILES: Readonly<Record<Format, string>> = {
  text: 'report.txt',
  json: 'report.json',
  markdown: 'report.md',
  html: 'report.html',
  github: 'github.txt',
  sarif: 'report.sarif',
  patch: 'changes.patch',
  csv: 'report.csv',
};

/** When every page was made. */
const MADE = Date.UTC(2026, 10, 26, 15, 4, 5);

describe.each(Object.entries(SCENARIOS))('%s', (name, scenario) => {
  const renders = scenario();
  it.each(Object.keys(renders) as Format[])('looks right as %s', async (format) => {
    const text = (await renders[format]?.(MADE)) ?? '';
    await expect(text).toMatchFileSnapshot(`../../golden/${name}/${FILES[format]}`);
  });
});
