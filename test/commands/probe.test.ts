import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/start.ts';
import { examples } from '../support/organisation.ts';
import { ODDITIES, PRIVATE, startOddZoho, type OddZoho } from '../support/odd-zoho.ts';
import { makeWorkspace, type Run, type Workspace } from '../support/run-cli.ts';
import { textOf } from '../../src/model/json.ts';

const FILE = 'zoho.profile.json';

let space: Workspace;
let odd: OddZoho;

beforeEach(async () => {
  space = makeWorkspace();
  odd = await startOddZoho();
});
afterEach(async () => {
  await odd.close();
  space.remove();
});

const probe = (...words: readonly string[]): Promise<Run> =>
  space.run(['probe', ...words], { env: { ...odd.environment } });
const file = (): string => readFileSync(join(space.path, FILE), 'utf8');

interface Found {
  readonly facts: readonly { readonly id: string; readonly verdict: string; readonly seen?: unknown }[];
}

/** Differences of the keys are many here, and have a story of their own. */
const differences = (run: Run): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (JSON.parse(run.stdout) as Found).facts
      .filter(({ id, verdict }) => verdict === 'different' && !id.startsWith('keys.'))
      .map(({ id, seen }) => [id, seen]),
  );

/** What is private, in any spelling that JSON or Markdown might give it. */
function leaks(text: string): readonly string[] {
  const spelled = [text, JSON.stringify(text), text.replaceAll('\\', '')];
  return PRIVATE.filter((one) => one !== '-->' && spelled.some((each) => each.includes(one)));
}

describe('a probe of a Zoho that is another one in everything', () => {
  it('finds each difference, by reads and one request for the token', async () => {
    const run = await probe('--json');
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(differences(run)).toEqual(ODDITIES);
    expect(JSON.parse(run.stdout)).toMatchObject({
      format_version: '1.0',
      kind: 'probe',
      diagnostics: [],
      requests: { read: odd.requests.length, write: 0 },
    });
    const others = odd.requests.filter((one) => !one.startsWith('GET '));
    expect(others).toEqual(['POST /oauth/v2/token']);
  });

  it('tells them in words, and exits with 0', async () => {
    const run = await probe();
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('Different (');
    expect(run.stdout).toMatch(/seen\s+404 INVALID_URL_PATTERN\n\s+believed\s+400 INVALID_MODULE/);
    expect(leaks(run.stdout)).toEqual([]);
  });

  it('writes a profile, and words for an issue, in which nobody and nothing of it is named', async () => {
    const run = await probe('--out', FILE, '--format', 'markdown', '--format', 'json=probe.json');
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(leaks(file())).toEqual([]);
    expect(leaks(run.stdout)).toEqual([]);
    expect(leaks(readFileSync(join(space.path, 'probe.json'), 'utf8'))).toEqual([]);
    expect(run.stdout).toMatch(/^<!-- zoho-fields probe manifest="" -->\n/);
    // A reader's eye: every line is a fact with a word, a number, an answer or keys of the sheet.
    const [, , , , ...lines] = file().trimEnd().split('\n').slice(0, -2);
    for (const line of lines)
      expect(line).toMatch(/^ {4}"[a-z_]+\.[a-z_0-9]+": (?:"[\w ]+"|\d+|\[(?:"[-+a-z_:\d]+",?)*\]),?$/);
  });

  it('gives a local Zoho by its profile that shows a second probe the same', async () => {
    await probe('--out', FILE);
    const first = JSON.parse(file()) as { readonly facts: Readonly<Record<string, unknown>> };
    const fields = examples.map((field, index) => ({
      ...field,
      id: `60842170000009${String(index).padStart(5, '0')}`,
      api_name: `Kind_${index}`,
      field_label: `Kind ${index}`,
      display_label: `Kind ${index}`,
      data_type: textOf(field['data_type']),
    }));
    const zoho = await startEmulator({ profile: first as never, seed: { modules: { Deals: fields } } });
    const run = await space.run(['probe', '--json', '--out', FILE], { env: { ...zoho.environment } });
    await zoho.close();
    expect(run.code).toBe(0);
    const second = (JSON.parse(file()) as typeof first).facts;
    const shown = Object.keys(first.facts).filter((id) => Object.hasOwn(second, id));
    const other = shown.filter((id) => JSON.stringify(first.facts[id]) !== JSON.stringify(second[id]));
    // What the local Zoho cannot show it says itself.
    expect(other.filter((id) => !zoho.ignored.includes(id))).toEqual([]);
    expect(zoho.ignored).toEqual(['field.unique_key', 'field.untranslated', 'field.unknown_types']);
    expect(zoho.assumed).toContain('create.api_name');
    expect(zoho.assumed).not.toContain('module.case');
    expect(shown.length).toBeGreaterThan(30);
  });
});

describe('a probe that cannot be', () => {
  it('tells an unknown module with 1, refused credentials with 77, and no Zoho with 69', async () => {
    const unknown = await probe('--module', 'Deels');
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toMatch(/INVALID_URL_PATTERN/);
    const zoho = await startEmulator();
    const refused = await space.run(['probe', '--json'], {
      env: { ...zoho.environment, ZOHO_REFRESH_TOKEN: 'another' },
    });
    expect([refused.code, (JSON.parse(refused.stdout) as { kind: string }).kind]).toEqual([77, 'error']);
    await zoho.close();
    const gone = await space.run(['probe'], { env: { ...zoho.environment } });
    expect(gone.code).toBe(69);
    expect((await space.run(['probe'])).code).toBe(78);
  });

  it('takes no answer to a question that it does not ask', async () => {
    expect((await probe('--yes')).code).toBe(64);
    expect(odd.requests).toEqual([]);
  });

  it('never writes over what is no profile', async () => {
    writeFileSync(join(space.path, FILE), 'mine');
    const run = await probe('--out', FILE);
    expect(run.code).toBe(64);
    expect(run.stderr).toContain('is not a profile');
    expect(file()).toBe('mine');
    expect(odd.requests).toEqual([]);
  });
});

describe('a profile that is none', () => {
  it.each([
    ['{', /is not a whole profile/],
    ['{"kind":"plan"}', /is not a whole profile/],
    ['{"kind":"profile","format_version":"2.0","facts":{}}', /format version 2\.0/],
    ['{"kind":"profile","format_version":"1.0"}', /has no facts/],
    ['{"kind":"profile","format_version":"1.0","facts":{},"more":1}', /something that no profile holds/],
    ['{"kind":"profile","format_version":"1.0","facts":{"a\\u001b[31m":1}}', /fact 1 is none/],
    ['{"kind":"profile","format_version":"1.0","facts":{"token.scope":"Jane"}}', /token\.scope has a value/],
    ['{"kind":"profile","format_version":"1.0","facts":{"keys.text":["-name_of_jane"]}}', /keys\.text has/],
    ['{"kind":"profile","format_version":"1.0","facts":{"__proto__":1}}', /fact 1 is none/],
  ])('is told with 65: %s', async (text, words) => {
    space.write(FILE, text);
    const run = await space.run(['emulator', '--profile', FILE]);
    expect(run.code).toBe(65);
    expect(run.stderr).toMatch(words);
    expect(run.stderr).not.toContain('\u001b[31m');
  });

  it('is told with 66 where it is not there', async () => {
    const run = await space.run(['emulator', '--profile', 'gone.json']);
    expect(run.code).toBe(66);
    expect(run.stderr).toContain('probe --out FILE');
  });
});
