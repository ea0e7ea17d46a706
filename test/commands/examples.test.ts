import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { creatableTypes } from '../../src/model/data-types.ts';
import { makeWorkspace } from '../support/run-cli.ts';

const FOLDER = fileURLToPath(new URL('../../docs/examples/', import.meta.url));
const text = (name: string): string => readFileSync(`${FOLDER}${name}`, 'utf8');

/** Per example: how many fields its first plan creates, and how many differ once they are there. */
const EXAMPLES = { 'lead-mapping.yaml': [4, 1], 'portal.yaml': [4, 0], 'sales-team.yaml': [21, 0] };

describe('the manifests of docs/examples', () => {
  it('are all tried here', () => {
    const manifests = readdirSync(FOLDER).filter((name) => /^module:/mu.test(text(name)));
    expect(manifests.sort()).toEqual(Object.keys(EXAMPLES));
  });

  it.concurrent.each(Object.entries(EXAMPLES))(
    '%s is planned and applied, and then there is nothing left to create',
    async (name, [create, drift]) => {
      const workspace = makeWorkspace();
      try {
        workspace.write(name, text(name));
        const runs = [];
        for (const words of [['plan'], ['apply', '--yes'], ['plan']]) {
          runs.push(await workspace.run([...words, '-f', name, '--emulator', '--json']));
        }
        expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
        const [before, applied, after] = runs.map(({ stdout }) => JSON.parse(stdout) as Report);
        expect(before).toMatchObject({ summary: { create, drift: 0, conflict: 0 }, diagnostics: [] });
        expect(applied?.fields.filter(({ outcome }) => outcome === 'created')).toHaveLength(create ?? 0);
        expect(after).toMatchObject({ summary: { create: 0, drift, conflict: 0 }, diagnostics: [] });
      } finally {
        workspace.remove();
      }
    },
  );

  it('have every data type that teams commonly need', () => {
    const rare = ['multiselectlookup', 'multiuserlookup', 'rollup_summary', 'address'];
    const used = new Set([...text('sales-team.yaml').matchAll(/data_type: (\w+)/gu)].map(([, type]) => type));
    const missing = creatableTypes.map(({ name }) => name).filter((name) => !used.has(name));
    expect(missing).toEqual(rare);
  });
});

interface Report {
  readonly fields: readonly { readonly outcome?: string }[];
}
