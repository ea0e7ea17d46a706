import { describe, expect, it } from 'vitest';
import { moduleIn } from '../../../src/cli/begin.ts';

describe('the module that a manifest seems to be about', () => {
  it.each([
    ['module: Deals\nfields:\n', 'Deals'],
    ['\uFEFF# yaml-language-server: $schema=x\r\n\r\n---\r\nmodule:  Deals  # ours\r\n', 'Deals'],
  ])('is plain to see in %j', (text, module) => {
    expect(moduleIn(text)).toBe(module);
  });

  it.each([
    'fields:\n  - {api_name: A}\nmodule: Deals\n',
    'text: |\nmodule: Deals\n',
    '{\nmodule: Deals\n}\n',
    '  module: Deals\n',
    'module: "Deals"\n',
    'module: &here Deals\n',
    'module: Deals and Leads\n',
    'module: ../../org\n',
    'module: Deals',
    `${'# comment\r\n'.repeat(1000)}modules: Deals\n`,
  ])('is not looked for in %j', (text) => {
    expect(moduleIn(text)).toBeUndefined();
  });
});
