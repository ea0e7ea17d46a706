import { describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type Fault } from '../../src/emulator/start.ts';
import { clientOf, manifestFrom } from '../support/in-process.ts';
import { manifest, missing, text } from '../support/story.ts';
import { fieldsSent, wireOf } from '../support/wire.ts';

/*
 * Someone else works on the same module while fields are being created: at every moment at which they could, in every
 * Zoho of sheet §3.6. What happens between planning and applying is told in `stale-plans.test.ts`.
 */

type Deals = ReturnType<Emulator['fields']>;
type Place = Pick<Fault, 'method' | 'nth'>;

const PATH = '/settings/fields';
const WORLDS = ['honour', 'ignore', 'reject'] as const;

/** Eleven fields are three POSTs; the last of them gets its label afterwards, by PATCH. */
const WISHED = manifestFrom(
  manifest({
    Deals: [
      ...missing(10),
      text('RiskId', { field_label: 'Risk ID' }),
      { api_name: 'Next_Step', data_type: 'text', length: 100, create: false },
    ],
  }),
);

const FIRST_POST: Place = { method: 'POST', nth: 1 };
const SECOND_POST: Place = { method: 'POST', nth: 2 };
const LABELLING: Place = { method: 'PATCH', nth: 1 };
/** The plan is the first. */
const READ_BACK: Place = { method: 'GET', nth: 2 };

const MOMENTS: readonly (readonly [string, Place])[] = [
  ['before the first POST', FIRST_POST],
  ['between two POSTs', SECOND_POST],
  ['before the labels are set', LABELLING],
  ['before the read-back', READ_BACK],
];

/** What someone does, and what the run then says of the field; several words where it depends on the moment. */
interface Deed {
  readonly name: string;
  readonly field: string;
  readonly deed: (deals: Deals) => void;
  readonly moments: readonly Place[];
  readonly outcomes: readonly string[];
}

const mine = { data_type: 'text', length: 50 } as const;

/** Part_6 goes with the second POST: before it, there is none yet. */
const EARLY = { field: 'Part_6', moments: [FIRST_POST, SECOND_POST] } as const;
/** Part_1 went with the first: after it, it is this run's own. */
const LATE = { field: 'Part_1', moments: [SECOND_POST, LABELLING, READ_BACK] } as const;
/** Next_Step is someone else's all the time. */
const ALWAYS = { field: 'Next_Step', moments: MOMENTS.map(([, place]) => place) } as const;

const DEEDS: readonly Deed[] = [
  {
    ...EARLY,
    name: 'creates the field exactly as declared',
    deed: (deals) => deals.add({ ...mine, api_name: 'Part_6', field_label: 'Part 6' }),
    outcomes: ['in_sync'],
  },
  {
    ...EARLY,
    name: 'creates the field shorter',
    deed: (deals) => deals.add({ ...mine, api_name: 'Part_6', field_label: 'Part 6', length: 20 }),
    outcomes: ['failed'],
  },
  {
    ...EARLY,
    name: 'creates the field with another label',
    deed: (deals) => deals.add({ ...mine, api_name: 'Part_6', field_label: 'Sixth part' }),
    outcomes: ['failed', 'created_differs'],
  },
  {
    ...EARLY,
    name: 'gives its label to another field',
    deed: (deals) => deals.add({ ...mine, api_name: 'Sixth', field_label: 'Part 6' }),
    outcomes: ['failed'],
  },
  {
    ...EARLY,
    name: 'renames a field to its label',
    deed: (deals) => deals.edit('Partner', { field_label: 'Part 6', display_label: 'Part 6' }),
    outcomes: ['failed'],
  },
  {
    ...LATE,
    name: 'deletes the field that was just created',
    deed: (deals) => deals.remove('Part_1'),
    outcomes: ['failed'],
  },
  {
    ...LATE,
    name: 'gives another label to the field that was just created',
    deed: (deals) => deals.edit('Part_1', { field_label: 'First', display_label: 'First' }),
    outcomes: ['created_differs'],
  },
  {
    ...LATE,
    name: 'gives another API name to the field that was just created',
    deed: (deals) => deals.edit('Part_1', { api_name: 'First' }),
    outcomes: ['created_differs'],
  },
  {
    ...LATE,
    name: 'shortens the field that was just created',
    deed: (deals) => deals.edit('Part_1', { length: 20 }),
    outcomes: ['created_differs'],
  },
  {
    ...LATE,
    name: 'takes the field that was just created out of all layouts',
    deed: (deals) => deals.markUnused('Part_1'),
    outcomes: ['created_differs'],
  },
  {
    ...ALWAYS,
    name: 'deletes a field of their own',
    // Only custom fields can be deleted (sheet §4.2).
    deed: (deals) => deals.remove('Partner'),
    outcomes: ['in_sync'],
  },
  {
    ...ALWAYS,
    name: 'renames a field of their own',
    deed: (deals) => deals.edit('Next_Step', { field_label: 'Then', display_label: 'Then' }),
    outcomes: ['in_sync'],
  },
];

const CASES = DEEDS.flatMap((deed) =>
  MOMENTS.filter(([, place]) => deed.moments.includes(place)).flatMap(([when, place]) =>
    WORLDS.map((world) => ({ ...deed, when, place, world })),
  ),
);

describe.concurrent('someone else meddles while fields are created (contract §1, §9)', () => {
  it.each(CASES)('$name $when, in a Zoho that would $world api_name', async (one) => {
    const zoho = await startEmulator({ switches: { apiNameInBody: one.world } });
    const deals = zoho.fields('Deals');
    // A Zoho that refuses `api_name` answers one POST and one GET more, before the first that counts.
    const isLater = one.place.method !== 'PATCH' && one.place !== FIRST_POST;
    const later = one.world === 'reject' && isLater ? 1 : 0;
    let theirs: readonly object[] = [];
    const effect = (): void => {
      const before = new Set(deals.all());
      one.deed(deals);
      theirs = deals.all().filter((field) => !before.has(field));
    };
    const nth = (one.place.nth ?? 1) + later;
    zoho.faults = [{ kind: 'run', effect, path: PATH, ...one.place, nth }];

    const report = await clientOf(zoho).apply(WISHED);
    const outcomeOf = new Map(report.fields.map((field) => [field.entry.field.api_name, field.outcome]));

    expect(one.outcomes, JSON.stringify([...outcomeOf])).toContain(outcomeOf.get(one.field));
    const others = WISHED.modules[0]?.fields.filter(({ api_name }) => api_name !== one.field) ?? [];
    for (const { api_name, create } of others) {
      expect([api_name, outcomeOf.get(api_name)]).toEqual([api_name, create ? 'created' : 'in_sync']);
    }
    expect(twins(deals), 'fields that exist twice').toEqual([]);
    for (const field of theirs) expect(deals.all(), 'what they did stays').toContainEqual(field);
    const accepted = wireOf(zoho).posts.filter((post) => post.status === 201 || post.status === 207);
    const names = accepted.flatMap((post) => fieldsSent(post)).map((field) => field['field_label']);
    expect(names.length, 'nothing that Zoho answered was sent again').toBe(new Set(names).size);
    await zoho.close();
  });

  it('is tried at every moment', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(90);
  });
});

/** API names and labels that two fields hold. */
function twins(deals: Deals): readonly string[] {
  const all = deals.all();
  return [all.map((field) => field.api_name), all.map((field) => field.field_label)].flatMap((names) =>
    names.filter((name, index) => names.indexOf(name) !== index),
  );
}
