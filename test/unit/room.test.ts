import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator/start.ts';
import { apply, plan } from '../../src/index.ts';
import type { DesiredField } from '../../src/model/manifest.ts';
import { manifestOf, want } from '../support/field.ts';
import { makeWorkspace } from '../support/run-cli.ts';

/** Editions whose limits Zoho's page names, and how many custom fields a module of each has room for (sheet §3.1). */
const EDITIONS = { standard: 10, professional: 155, enterprise: 300, ultimate: 500 } as const;
type EditionName = keyof typeof EDITIONS;

const GUIDE = 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.users.READ';

/** What a module holds: plain fields, and those of the kinds that have limits of their own. */
interface Used {
  readonly plain: number;
  readonly unused: number;
  readonly unique: number;
  readonly autonumber: number;
  readonly multiselectlookup: number;
}

const KINDS = {
  plain: {},
  unique: { unique: { case_sensitive: false } },
  autonumber: { type: 'autonumber', auto_number: { start_number: 1 } },
  multiselectlookup: { type: 'multiselectlookup' },
} as const;
type KindName = keyof typeof KINDS;

/** An organisation of that edition with that much in its Deals. */
async function organisation(edition: EditionName, used: Used, scope: string): Promise<Emulator> {
  const zoho = await startEmulator({
    seed: { modules: { Deals: 'stock' } },
    organisation: { edition },
    scope,
  });
  const deals = zoho.fields('Deals');
  const add = (count: number, name: string, fact: Parameters<typeof deals.add>[0]): void => {
    for (let index = 1; index <= count; index += 1) {
      deals.add({ ...fact, api_name: `${name}_${index}`, field_label: `${name} ${index}` });
    }
  };
  add(used.plain, 'Plain', { data_type: 'text' });
  add(used.unused, 'Idle', { data_type: 'text', type: 'unused' });
  add(used.unique, 'Only', { data_type: 'text', unique: { case_sensitive: false } });
  add(used.autonumber, 'Nr', { data_type: 'autonumber' });
  add(used.multiselectlookup, 'Many', { data_type: 'multiselectlookup' });
  return zoho;
}

function wish(kind: KindName, index: number): DesiredField {
  const name = `New_${index}`;
  if (kind !== 'multiselectlookup') return want(name, { ...KINDS[kind] });
  return want(name, {
    type: kind,
    multiselectlookup: {
      connected_details: { module: { api_name: 'Contacts' }, field: { field_label: `Back ${index}` } },
      linking_details: { module: { plural_label: `Links ${index}` } },
    },
  });
}

/** More of a kind than a module can have, no manifest declares. */
function isDeclarable(kinds: readonly KindName[], kind: KindName, index: number): boolean {
  const most = { plain: 9, unique: 2, autonumber: 1, multiselectlookup: 9 }[kind];
  return kinds.slice(0, index).filter((one) => one === kind).length < most;
}

const names = (entries: readonly { readonly field: DesiredField }[]) =>
  entries.map(({ field }) => field.api_name);

describe('what a plan says of room', () => {
  it('is what happens: in every edition, whatever is used and added', { timeout: 120_000 }, async () => {
    const world = fc.record({
      edition: fc.constantFrom<EditionName>('standard', 'professional', 'enterprise', 'ultimate'),
      left: fc.integer({ min: -1, max: 6 }),
      unused: fc.integer({ min: 0, max: 2 }),
      unique: fc.integer({ min: 0, max: 2 }),
      autonumber: fc.integer({ min: 0, max: 1 }),
      links: fc.integer({ min: 0, max: 2 }),
      added: fc
        .array(
          fc.oneof(
            { weight: 3, arbitrary: fc.constant<KindName>('plain') },
            fc.constantFrom<KindName>('unique', 'autonumber', 'multiselectlookup'),
          ),
          { minLength: 1, maxLength: 9 },
        )
        .map((kinds) => kinds.filter((kind, index) => isDeclarable(kinds, kind, index))),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ edition, left, unused, unique, autonumber, links, added }) => {
        const multiselectlookup = edition === 'standard' || edition === 'professional' ? 0 : links;
        const special = unused + unique + autonumber + multiselectlookup;
        const plain = EDITIONS[edition] - left - special;
        const used = { plain, unused, unique, autonumber, multiselectlookup };
        const manifest = manifestOf(...added.map((kind, index) => wish(kind, index + 1)));
        const folder = makeWorkspace();
        const [knowing, blind] = await Promise.all([
          organisation(edition, used, `${GUIDE} ZohoCRM.org.READ`),
          organisation(edition, used, GUIDE),
        ]);
        try {
          const options = (zoho: Emulator) => ({
            env: { ...zoho.environment, HOME: folder.path, ZOHO_SETTLE_MS: '0' },
            cwd: folder.path,
          });
          const predicted = await plan(manifest, options(knowing));
          const fits = names(
            predicted.modules.flatMap(({ entries }) => entries.filter((one) => one.action === 'create')),
          );

          // Who knows no edition has to learn it from Zoho.
          const tried = await apply(await plan(manifest, options(blind)), {
            ...options(blind),
            allowConflicts: true,
          });
          const made = names(
            tried.fields.filter(({ outcome }) => outcome === 'created').map(({ entry }) => entry),
          );
          expect(made, JSON.stringify(tried.fields.map((one) => [one.outcome, one.code]))).toEqual(fits);

          const posts = () =>
            knowing.requests
              .filter(({ method }) => method === 'POST')
              .filter(({ path }) => path.startsWith('/crm'));
          const stopped = await apply(predicted, options(knowing));
          if (predicted.summary.conflict > 0) {
            expect(stopped.stoppedByConflicts).toBe(true);
            expect(posts(), 'nothing is sent before someone has decided').toEqual([]);
            const allowed = await apply(predicted, { ...options(knowing), allowConflicts: true });
            expect(
              names(allowed.fields.filter(({ outcome }) => outcome === 'created').map(({ entry }) => entry)),
            ).toEqual(fits);
          } else {
            expect(stopped.fields.every(({ outcome }) => outcome === 'created')).toBe(true);
          }
        } finally {
          await Promise.all([knowing.close(), blind.close()]);
          folder.remove();
        }
      }),
      { numRuns: 40 },
    );
  });
});
