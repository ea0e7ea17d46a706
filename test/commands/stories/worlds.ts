import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { missing, text, type Story } from '../../support/story.ts';
import { fieldsSent } from '../../support/wire.ts';
import { expectCost, expectHonestCount, isSilent, roomForText } from '../../support/switch-expectations.ts';

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
    /** Where answers to POST never arrive, nobody learns that this Zoho refuses `api_name`. */
    const cannotLearn = ({ zoho }: Story): boolean => world === 'reject' && isSilent(zoho.switches);
    const UNTAUGHT = 'the refusal of api_name is never heard';

    it.for([1, 5, 6, 47])('%i plain fields cost one POST per five and two reads', async (count, { open }) => {
      const story = await open({ switches: { apiNameInBody: world } });
      story.declare({ Deals: missing(count) });

      const applied = await story.json(['apply', '--yes']);
      story.endsWhere(cannotLearn(story), UNTAUGHT);
      const room = roomForText(story.zoho.switches);
      if (count > room) {
        expect(applied.code, applied.stdout).toBe(4);
        expect(applied.report.summary).toMatchObject({ created: room, in_sync: 0 });
        expect(Object.keys(story.custom())).toHaveLength(room + 1);
        return;
      }
      expect(applied.code, applied.stderr).toBe(0);
      expect(applied.report.summary).toEqual({
        created: count,
        finished: 0,
        failed: 0,
        not_attempted: 0,
        in_sync: 0,
      });
      expect(applied.report.fields.map((field) => field.outcome)).toEqual(Array(count).fill('created'));
      expect(story.custom()).toEqual({ ...STOCK, ...named(missing(count)) });

      expectCost(story, { tokens: 1, lists: 2, posts: Math.ceil(count / 5) });
      expectHonestCount(story, applied.report.requests);

      story.turnPage();
      const again = await story.json(['apply', '--yes']);
      expect(again.code).toBe(0);
      expect(again.report.summary).toEqual({
        created: 0,
        finished: 0,
        failed: 0,
        not_attempted: 0,
        in_sync: count,
      });
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
      story.endsWhere(cannotLearn(story), UNTAUGHT);
      expect(applied.code, applied.stderr).toBe(0);
      expect(applied.report.fields.map((field) => field.outcome)).toEqual(STUBBORN.map(() => 'created'));
      expect(story.custom()).toEqual({ ...STOCK, ...named(STUBBORN) });
      expectCost(story, { tokens: 1, lists: 3, posts: 2, patches: 2 });
      const labelled = story.wire().patches.filter(({ status }) => status === 200);
      expect(new Set(labelled.map((patch) => fieldsSent(patch).length))).toEqual(new Set([5, 1]));

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
      story.endsWhere(cannotLearn(story), UNTAUGHT);
      expect(applied.code, applied.stderr).toBe(0);
      expect(applied.report.summary['created']).toBe(9);
      expect(story.custom('Deals')).toEqual({ ...STOCK, Deal_Part: 'Deal Part', Rabatt_Hoehe: 'Rabatthöhe' });
      expect(story.custom('Leads')).toEqual(named(missing(6)));
      expect(story.custom('Contacts')).toEqual({ Contact_Part: 'Contact Part' });
      expectCost(story, { tokens: 1, lists: 7, posts: 4, patches: 1 });
      expect(new Set(story.wire().posts.map((post) => post.query['module']))).toEqual(
        new Set(['Deals', 'Leads', 'Contacts']),
      );

      const plan = await story.json(['plan', '--detailed-exitcode']);
      expect(plan.code).toBe(0);
    });
  });
}
