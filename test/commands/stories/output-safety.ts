import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { text, type Story } from '../../support/story.ts';

const { chapter, describe, it } = openChapter('output');

export const outputSafety = chapter;

/** Text that wants to act: terminal sequences, workflow commands, markup, mentions, invisible characters. */
const HOSTILE = [
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\u009b31m',
  'a\rb',
  'a\u0008b',
  '\u0000',
  '\u202egnp.exe',
  '\u200bzero',
  '\u2066x\u2069',
  '::error file=x::boo',
  '\n::set-output name=x::y',
  '##[command]rm',
  '@everyone',
  '<script>alert(1)</script>',
  '</details>',
  '| a | b |',
  '`code`',
  '[link](http://evil.example)',
  '<!-- comment -->',
];

const EVERYTHING = HOSTILE.join(' ');
/** Control and invisible characters, but for the line breaks and tabs that any text has. */
const RAW = /(?![\n\t])[\p{Cc}\p{Cf}]/u;

/** A live organisation whose own words are hostile wherever words can be. */
async function hostile(open: () => Promise<Story>): Promise<Story> {
  const story = await open();
  const deals = story.zoho.fields('Deals');
  deals.add({ api_name: 'Holder', field_label: 'Part 1', data_type: 'text' });
  deals.edit('Holder', { display_label: EVERYTHING });
  deals.add({ api_name: 'Drifting', field_label: 'Drifting', data_type: 'text', length: 50 });
  deals.edit('Drifting', {
    field_label: EVERYTHING,
    display_label: EVERYTHING,
    tooltip: { name: 'info_icon', value: EVERYTHING },
  });
  deals.add({ api_name: 'Typed', field_label: 'Typed', data_type: 'text' });
  deals.edit('Typed', { data_type: EVERYTHING });
  deals.add({ api_name: 'Stray', field_label: 'Stray', data_type: 'text' });
  deals.edit('Stray', { field_label: `${EVERYTHING} stray` });
  story.declare({
    Deals: [text('Part_1'), text('Drifting', { tooltip: 'ours' }), text('Typed'), text('Fine')],
  });
  return story;
}

describe("Zoho's words never act on a terminal or in a workflow (contract §10)", () => {
  it('no control or invisible character reaches a screen, no line begins with a workflow command', async ({
    open,
  }) => {
    const story = await hostile(open);
    for (const words of [
      ['plan', '--unmanaged', '--in-sync'],
      ['apply', '--yes', '--allow-conflicts'],
    ]) {
      const run = await story.run(words);
      const screen = run.stdout + run.stderr;
      expect(screen).not.toMatch(RAW);
      expect(screen.split('\n').filter((line) => /^\s*(::|##\[)/.test(line))).toEqual([]);
      expect(screen).toContain('Drifting');
    }
  });

  it('JSON keeps every character, escaped', async ({ open }) => {
    const story = await hostile(open);
    const plan = await story.json(['plan', '--unmanaged']);
    const drift = plan.report.fields.find((field) => field.api_name === 'Drifting');
    expect(drift?.differences.find((one) => one.key === 'tooltip')?.live).toMatchObject({
      value: EVERYTHING,
    });
    expect(drift?.differences.find((one) => one.key === 'field_label')?.live).toBe(EVERYTHING);
    expect(plan.stdout).not.toMatch(RAW);
  });

  it("Zoho's refusals are words too", async ({ open }) => {
    const story = await open();
    const body = JSON.stringify({
      code: 'INVALID_DATA',
      details: { api_name: EVERYTHING, json_path: '$.fields[0].length' },
      message: EVERYTHING,
      status: 'error',
    });
    story.zoho.faults = [{ kind: 'status', status: 400, body, method: 'POST', path: '/settings/fields' }];
    story.declare({ Deals: [text('Part_1')] });
    const screen = await story.run(['apply', '--yes']);
    expect(screen.code).toBe(1);
    expect(screen.stdout + screen.stderr).not.toMatch(RAW);
    expect((screen.stdout + screen.stderr).split('\n').filter((line) => /^\s*(::|##\[)/.test(line))).toEqual(
      [],
    );
    const json = await story.json(['apply', '--yes']);
    expect(json.report.fields[0]?.reasons[0]?.message).toContain(EVERYTHING.slice(0, 40));
    expect(json.stdout).not.toMatch(RAW);
  });

  it.for([
    { name: 'an error of the token endpoint', path: '/oauth/v2/token', body: { error: EVERYTHING } },
    {
      name: 'a foreign API domain',
      path: '/oauth/v2/token',
      body: { access_token: '1000.abc', api_domain: EVERYTHING },
    },
    {
      name: 'an error of the API',
      path: '/settings/fields',
      body: { code: EVERYTHING, message: EVERYTHING, status: 'error', details: {} },
    },
    { name: 'a field that is none', path: '/settings/fields', body: { fields: [{ api_name: EVERYTHING }] } },
  ])('$name', async ({ path, body }, { open }) => {
    const story = await open();
    story.zoho.faults = [
      { kind: 'status', status: path.includes('oauth') ? 200 : 400, body: JSON.stringify(body), path },
    ];
    story.declare({ Deals: [text('Part_1')] });
    const env = { ZOHO_API_URL: '' };
    const screen = await story.run(['plan'], { env });
    expect(screen.code).not.toBe(0);
    expect(screen.code).not.toBe(70);
    expect(screen.stderr).not.toMatch(RAW);
    expect(screen.stderr.split('\n').filter((line) => /^\s*(::|##\[)/.test(line))).toEqual([]);
    const json = await story.json(['plan'], { env });
    expect(json.stdout).not.toMatch(RAW);
  });

  it('names of files and words of the command line are words too', async ({ open }) => {
    const story = await open();
    const name = 'a\u001b[31m\n::error::x.yaml';
    for (const words of [
      ['plan', '-f', name],
      ['validate', '-f', name],
      ['apply', name, '--yes'],
      [name],
      ['plan', name],
    ]) {
      const run = await story.run(words);
      expect([64, 66]).toContain(run.code);
      expect(run.stdout + run.stderr).not.toMatch(RAW);
      expect((run.stdout + run.stderr).split('\n').filter((line) => /^\s*(::|##\[)/.test(line))).toEqual([]);
    }
  });

  it('a manifest with such text is refused or told harmlessly', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: [text('Part_1', { tooltip: EVERYTHING, description: EVERYTHING, field_label: EVERYTHING })],
    });
    const run = await story.run(['validate']);
    expect(run.code).toBe(65);
    expect(run.stdout + run.stderr).not.toMatch(RAW);
    story.folder.write(
      'fields.yaml',
      `module: Deals\nfields: # ${EVERYTHING.replaceAll('\n', '')}\n  - api_name: ${HOSTILE[0]}\n`,
    );
    const raw = await story.run(['validate']);
    expect(raw.code).toBe(65);
    expect(raw.stdout + raw.stderr).not.toMatch(RAW);
  });

  it('colours only where a person looks, and not with NO_COLOR', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [text('Part_1')] });
    expect((await story.run(['plan'])).stdout).not.toContain('\u001b');
    expect((await story.run(['plan'], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
    expect((await story.run(['plan'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain(
      '\u001b',
    );
    expect((await story.json(['plan'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\u001b');
  });
});
