import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/model/problem.ts';
import { sarif } from '../../../src/report/media/sarif.ts';

const told = (more: Partial<Diagnostic>): Diagnostic => ({
  severity: 'error',
  code: 'unknown-key',
  message: 'No key.',
  ...more,
});
const results = (...list: readonly Diagnostic[]) => sarif(list, '1.2.3').runs[0]?.results;
const place = (more: Partial<Diagnostic>) => results(told(more))?.[0]?.locations;

describe('SARIF', () => {
  it('names the tool, and each rule once', () => {
    const log = sarif([told({}), told({ code: 'no-such-type', severity: 'warning' }), told({})], '1.2.3');
    expect(log).toMatchObject({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          columnKind: 'utf16CodeUnits',
          tool: {
            driver: {
              name: 'zoho-fields',
              semanticVersion: '1.2.3',
              rules: [
                { id: 'unknown-key', shortDescription: { text: 'unknown key' } },
                { id: 'no-such-type', shortDescription: { text: 'no such type' } },
              ],
            },
          },
          results: [
            { ruleId: 'unknown-key', ruleIndex: 0, level: 'error' },
            { ruleId: 'no-such-type', ruleIndex: 1, level: 'warning' },
            { ruleId: 'unknown-key', ruleIndex: 0 },
          ],
        },
      ],
    });
    expect(log.runs[0]?.tool.driver.rules).toHaveLength(2);
  });

  it('says what to do, where there is something', () => {
    expect(results(told({}))?.[0]?.message.text).toBe('No key.');
    expect(results(told({ remedy: 'Take it out.' }))?.[0]?.message.text).toBe(
      'No key. What to do: Take it out.',
    );
  });

  it('makes neither links nor arguments of what people wrote', () => {
    const message = 'see [a](b) {0} \\ \u001b';
    expect(results(told({ message }))?.[0]?.message.text).toBe('see \\[a\\](b) {{0}} \\\\ \\\\x1b');
  });

  it('points to the place as exactly as it is known', () => {
    expect(place({})).toBeUndefined();
    expect(place({ file: '-', line: 3 })).toBeUndefined();
    expect(place({ file: 'a b/ü.yaml' })).toStrictEqual([
      { physicalLocation: { artifactLocation: { uri: 'a%20b/%C3%BC.yaml' } } },
    ]);
    expect(place({ file: 'a', line: 3 })?.[0]?.physicalLocation?.region).toStrictEqual({ startLine: 3 });
    expect(place({ file: 'a', line: 3, column: 5 })?.[0]?.physicalLocation?.region).toStrictEqual({
      startLine: 3,
      startColumn: 5,
    });
    expect(place({ file: '\ud800' })?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('%EF%BF%BD');
  });
});
