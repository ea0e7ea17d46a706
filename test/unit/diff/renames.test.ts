import { describe, expect, it } from 'vitest';
import { diffManifests } from '../../../src/diff/diff-manifests.ts';
import { findRenames } from '../../../src/diff/diff-manifests.ts';
import { manifestOf, want } from '../../support/field.ts';

const field = (name: string, label: string) => want(name, { label });
const foreign = (name: string) => want(name, { create: false });

describe('a rename', () => {
  it('is guessed where only the label, or only the case of the name, tells it', () => {
    expect(findRenames([field('A', 'Same')], [field('B', 'same')])).toEqual(new Map([['A', 'B']]));
    expect(findRenames([field('AB', 'One')], [field('Ab', 'Two')])).toEqual(new Map([['AB', 'Ab']]));
    expect(findRenames([foreign('AB')], [foreign('Ab')])).toEqual(new Map([['AB', 'Ab']]));
  });

  it('is not guessed where nothing is alike, with or without labels', () => {
    for (const old of [field('A', 'One'), foreign('A')]) {
      for (const now of [field('B', 'Two'), foreign('B')]) expect(findRenames([old], [now]).size).toBe(0);
    }
  });

  it('is not guessed where two old fields could be meant, but beside a third one that could not', () => {
    const now = field('C', 'Same');
    expect(findRenames([field('A', 'Same'), field('B', 'Same')], [now]).size).toBe(0);
    expect(findRenames([field('A', 'Same'), field('B', 'Other')], [now])).toEqual(new Map([['A', 'C']]));
    expect(findRenames([field('B', 'Other'), field('A', 'Same')], [now])).toEqual(new Map([['A', 'C']]));
  });

  it('is no label that was handed on to a field that was there before', () => {
    const before = manifestOf(field('A', 'Same'), field('B', 'Other'));
    const { changes, summary, base, head } = diffManifests(before, {
      ...manifestOf(field('B', 'Same')),
      path: 'new.yaml',
      sha256: 'e',
    });
    expect(changes.map((change) => [change.change, change.other])).toEqual([
      ['changed', undefined],
      ['removed', undefined],
    ]);
    expect(summary).toEqual({ added: 0, removed: 1, changed: 1 });
    expect([base.path, head]).toEqual(['fields.yaml', { path: 'new.yaml', sha256: 'e' }]);
  });
});
