import { describe, expect, it } from 'vitest';
import { makeInsideWorkspace } from '../support/run-inside.ts';
import { openStory, type Declared, type Story } from '../support/story.ts';

const text = (name: string, more: Declared = {}): Declared => ({
  api_name: name,
  field_label: name,
  data_type: 'text',
  length: 20,
  ...more,
});

/** Plans that differ in what they need; `needed` is what they may lack, in the words of sheet §1.6. */
const PLANS: Readonly<
  Record<string, { readonly fields: readonly Declared[]; readonly needed: readonly string[] }>
> = {
  'nothing to do': { fields: [{ api_name: 'Deal_Name', data_type: 'text', create: false }], needed: [] },
  'a field': { fields: [text('Part')], needed: ['fields.CREATE'] },
  'a field that gets its label later': {
    fields: [text('Part', { field_label: "The part's name" })],
    needed: ['fields.CREATE', 'fields.UPDATE'],
  },
  'a field for some profiles': {
    fields: [text('Part', { profiles: { Standard: 'read_only' } })],
    needed: ['fields.CREATE', 'profiles.READ'],
  },
  'a field of a global list': {
    fields: [{ api_name: 'Part', field_label: 'Part', data_type: 'picklist', global_picklist: 'Source' }],
    needed: ['fields.CREATE', 'global_picklist.READ'],
  },
};

const SCOPES = [
  'fields.CREATE',
  'fields.UPDATE',
  'fields.ALL',
  'ALL',
  'profiles.READ',
  'global_picklist.READ',
].map((scope) => `ZohoCRM.settings.${scope}`);

/** Every set of them, each beside what any plan needs. */
const SETS = Array.from({ length: 2 ** SCOPES.length }, (_, bits) => [
  'ZohoCRM.settings.fields.READ',
  ...SCOPES.filter((__, index) => (bits & (1 << index)) !== 0),
]);

function told(scope: string, scopeInToken: 'present' | 'absent'): Promise<Story> {
  const switches = { scopeInToken, tokensPerTenMinutes: 0 } as const;
  return openStory(
    { scope, switches },
    { switches: {}, makeWorkspace: (zoho) => makeInsideWorkspace(zoho, false) },
  );
}

/** What Zoho does to someone who only tries: the scopes are not named, so that the tool knows nothing of them. */
async function isDenied(fields: readonly Declared[], scope: string): Promise<boolean> {
  const story = await told(scope, 'absent');
  try {
    story.declare({ Deals: fields });
    await story.run(['apply', '--yes']);
    return story.zoho.requests.some((one) => one.status === 401);
  } finally {
    await story.close();
  }
}

describe.each(Object.entries(PLANS))('%s', (_, { fields, needed }) => {
  it('is predicted to be refused exactly where Zoho refuses it, and then nothing is sent', async () => {
    for (const scopes of SETS) {
      // Apart by commas or by spaces, as answers have it.
      const scope = scopes.join(scopes.length % 2 === 0 ? ' ' : ',');
      const denied = await isDenied(fields, scope);
      const story = await told(scope, 'present');
      try {
        story.declare({ Deals: fields });
        const plan = await story.json(['plan', '--detailed-exitcode']);
        const gaps = plan.report.diagnostics.filter((one) => one.code === 'scope-missing');
        expect(gaps.length > 0, `${scope}: ${plan.stdout}`).toBe(denied);
        for (const { message } of gaps) expect(needed.some((one) => message.includes(`.${one} `))).toBe(true);
        expect(plan.code).toBe(needed.length === 0 ? 0 : 2);
        const screen = await story.run(['plan']);
        expect(screen.stdout.includes('Next: zoho-fields apply')).toBe(!denied && needed.length > 0);

        const apply = await story.json(['apply', '--yes']);
        expect(apply.code, `${scope}: ${apply.stdout}`).toBe(denied ? 77 : 0);
        if (denied) {
          expect(apply.report.diagnostics.map((one) => one.code)).toEqual(gaps.map((one) => one.code));
          expect(apply.report.diagnostics[0]?.remedy).toContain('zoho-fields auth login');
        }
        expect(story.wire().posts).toHaveLength(denied || needed.length === 0 ? 0 : 1);
        expect(story.zoho.requests.some((one) => one.status === 401)).toBe(false);
      } finally {
        await story.close();
      }
    }
  }, 120_000);
});
