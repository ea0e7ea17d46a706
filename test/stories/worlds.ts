import { expect } from 'vitest';
import { openChapter } from '../support/chapter.ts';
import { missing, text } from '../support/story.ts';
import { fieldsSent } from '../support/wire.ts';

const { chapter, describe, it } = openChapter('worlds');

export const worlds = chapter;

const WORLDS = ['honour', 'ignore', 'reject'] as const;

/** Labels from which Zoho would derive another API name than declared, or none at all (sheet §3.6). */
const STUBBORN = [
  text('Partner_Name', { field_label: "Partner's Name" }),
  text('Suscripcion', { field_label: 'Suscripción' }),
  text('Meeting_Type', { field_label: '商談形態' }),
  text('Customer_Size', { field_label: '顧客規模（人数）' }),
  text('Win_Rate', { field_label: 'Probability to win (%)' }),
  text('StrategicPartnerId', { field_label: 'Strategic Partner ID' }),
] as const;

const named = (fields: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(fields.map((field) => [field['api_name'], field['field_label']]));

/** What the stock organisation holds before anything is created. */
const STOCK = { Partner: 'Partner' };

for (const world of WORLDS) {
  describe(`in a Zoho that would ${world} api_name in a create body (contract §9)`, () => {
    const extraPost = world === 'reject' ? 1 : 0;

    it.for([1, 5, 6, 47])('%i plain fields cost one POST per five and two reads', async (count, { open }) => {
      const story = await open({ switches: { apiNameInBody: world } });
      story.declare({ Deals: missing(count) });

      const applied = await story.json(['apply', '--yes']);
      expect(applied.code, applied.stderr).toBe(0);
      expect(applied.report.summary).toEqual({ created: count, failed: 0, not_attempted: 0, in_sync: 0 });
      expect(applied.report.fields.map((field) => field.outcome)).toEqual(Array(count).fill('created'));
      expect(story.custom()).toEqual({ ...STOCK, ...named(missing(count)) });

      const { posts, lists, patches, tokens, singles, others } = story.wire();
      expect(posts).toHaveLength(Math.ceil(count / 5) + extraPost);
      expect([lists.length, patches.length, tokens.length, singles.length, others.length]).toEqual([
        2, 0, 1, 0, 0,
      ]);
      expect(applied.report.requests).toEqual({ read: 3, write: posts.length });

      story.turnPage();
      const again = await story.json(['apply', '--yes']);
      expect(again.code).toBe(0);
      expect(again.report.summary).toEqual({ created: 0, failed: 0, not_attempted: 0, in_sync: count });
      expect(story.wire().posts).toEqual([]);
      expect(story.wire().patches).toEqual([]);

      const plan = await story.json(['plan', '--detailed-exitcode']);
      expect(plan.code).toBe(0);
      expect(plan.report.summary).toMatchObject({ create: 0, in_sync: count, drift: 0, conflict: 0 });
    });

    it('labels that derive to another name are set by one PATCH per five, and never change the name', async ({
      open,
    }) => {
      const story = await open({ switches: { apiNameInBody: world } });
      story.declare({ Deals: STUBBORN });

      const applied = await story.json(['apply', '--yes']);
      expect(applied.code, applied.stderr).toBe(0);
      expect(applied.report.fields.map((field) => field.outcome)).toEqual(STUBBORN.map(() => 'created'));
      expect(story.custom()).toEqual({ ...STOCK, ...named(STUBBORN) });
      expect(story.wire().posts).toHaveLength(2 + extraPost);
      expect(story.wire().patches.map((patch) => fieldsSent(patch).length)).toEqual([5, 1]);
      expect(story.wire().lists).toHaveLength(2);

      const plan = await story.json(['plan']);
      expect(plan.report.summary).toMatchObject({ create: 0, in_sync: 6, drift: 0, conflict: 0 });
    });

    it('several modules each get their own fields, and the lesson about api_name is learnt once', async ({
      open,
    }) => {
      const story = await open({ switches: { apiNameInBody: world } });
      story.declare({
        Deals: [text('Deal_Part'), text('Rabatt_Hoehe', { field_label: 'Rabatthöhe' })],
        Leads: missing(6),
        Contacts: [text('Contact_Part')],
      });

      const applied = await story.json(['apply', '--yes']);
      expect(applied.code, applied.stderr).toBe(0);
      expect(applied.report.summary['created']).toBe(9);
      expect(story.custom('Deals')).toEqual({ ...STOCK, Deal_Part: 'Deal Part', Rabatt_Hoehe: 'Rabatthöhe' });
      expect(story.custom('Leads')).toEqual(named(missing(6)));
      expect(story.custom('Contacts')).toEqual({ Contact_Part: 'Contact Part' });
      const { posts, patches, lists, tokens } = story.wire();
      expect([posts.length, patches.length, lists.length, tokens.length]).toEqual([4 + extraPost, 1, 6, 1]);
      expect(new Set(posts.map((post) => post.query['module']))).toEqual(
        new Set(['Deals', 'Leads', 'Contacts']),
      );

      const plan = await story.json(['plan', '--detailed-exitcode']);
      expect(plan.code).toBe(0);
    });
  });
}
