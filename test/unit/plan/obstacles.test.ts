import { describe, expect, it } from 'vitest';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { Reason } from '../../../src/model/plan.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';

/** What stands in the way of the last one of these wishes. */
function reasons(wishes: readonly DesiredField[], ...fields: readonly LiveField[]): readonly Reason[] {
  const plan = makePlan(manifestOf(...wishes), [{ module: 'Deals', fields }], {});
  return plan.modules[0]?.entries.at(-1)?.reasons ?? [];
}
const messages = (wish: DesiredField, ...fields: readonly LiveField[]): readonly string[] =>
  reasons([wish], ...fields).map((reason) => reason.message);

describe('a reader of a plan is told', () => {
  it('which field holds the label, whose it is, and how to go on', () => {
    const wish = want('Risk_X', { label: 'Risk' });
    expect(reasons([wish], has('Danger', { label: 'risk', display: 'Gefahr' }))).toEqual([
      {
        code: 'label-taken',
        message:
          'The label "Risk" is already held by the custom field Danger ("Gefahr", translated "risk"). A label can be held only once in a module.',
        remedy:
          'If that is the field you mean, write "api_name: Danger" in the manifest, or rename its API name in Zoho (Setup > Developer Space > APIs > API names) after checking who uses it. Otherwise choose another field_label.',
      },
    ]);
    expect(messages(wish, has('Danger', { label: 'Risk', custom: false, used: false }))).toEqual([
      'The label "Risk" is already held by the standard field Danger ("Risk"), which is unused: it is in no layout but still holds its label. A label can be held only once in a module.',
    ]);
  });

  it('each field that holds it', () => {
    const wish = want('Risk_X', { label: 'Risk' });
    const [a, b] = [has('A', { label: 'Risk', id: '1' }), has('B', { label: 'Risk', id: '2' })];
    expect(messages(wish, b, a).map((one) => /field (\w)/.exec(one)?.[1])).toEqual(['A', 'B']);
  });

  it('that the name is there in another case', () => {
    expect(reasons([want('RISK', { label: 'Something' })], has('Risk', { label: 'Else' }))).toEqual([
      {
        code: 'api-name-taken',
        message:
          'Zoho has the custom field Risk ("Else"): the same API name but for upper and lower case. Zoho would refuse RISK, or add a digit to it.',
        remedy:
          'Write "api_name: Risk" in the manifest if that is the field you mean; otherwise choose another API name.',
      },
    ]);
  });

  it('why another label is needed, who holds it, and the ways out', () => {
    expect(reasons([want('RiskId', { label: 'Risk of ours' })], has('Other', { label: 'RiskId' }))).toEqual([
      {
        code: 'working-label-taken',
        message:
          'Zoho may derive the API name from the label that a field is created with. To get exactly RiskId, the field is created with the label "RiskId" and gets the label "Risk of ours" right afterwards; but the custom field Other ("RiskId") already holds "RiskId".',
        remedy:
          'Write "api_name: Risk_of_ours", which is what Zoho derives from the label itself, choose another API name, or give Other another label in Zoho first.',
      },
    ]);
  });

  it('by which translation a label is held, and no API name that is uncertain or taken', () => {
    const holder = has('Territory', { label: 'Sector', display: 'Territory', custom: false });
    const remedies = (label: string, ...others: readonly LiveField[]) =>
      reasons([want('Sector', { label })], holder, ...others).map((reason) => reason.remedy);
    expect(messages(want('Sector', { label: 'Branche (Kunde)' }), holder)).toEqual([
      expect.stringContaining(
        'but the standard field Territory ("Territory", translated "Sector") already holds "Sector".',
      ),
    ]);
    const others = 'hoose another API name, or give Territory another translation in Zoho first.';
    expect(remedies('Branche (Kunde)')).toEqual([`C${others}`]);
    expect(remedies('Line of business', has('line_of_business', { label: 'Else' }))).toEqual([`C${others}`]);
    expect(remedies('Line of business')).toEqual([
      `Write "api_name: Line_of_business", which is what Zoho derives from the label itself, c${others}`,
    ]);
  });

  it('of the label itself first: the one for a moment is not worth a second remark', () => {
    const found = reasons(
      [want('RiskId', { label: 'Risk of ours' })],
      has('Other', { label: 'RiskId' }),
      has('Another', { label: 'Risk of ours' }),
    );
    expect(found.map((reason) => reason.code)).toEqual(['label-taken']);
  });

  it('which related list has the title already', () => {
    const lookup = { module: { api_name: 'Contacts' } };
    const wish = want('Buyer', { type: 'lookup', lookup: { ...lookup, display_label: 'Bought' } });
    const holder = has('Maker', { type: 'lookup', lookup: { ...lookup, display_label: ' bought' } });
    expect(reasons([wish], holder)).toEqual([
      {
        code: 'related-list-taken',
        message:
          'In Contacts the related list of the custom field Maker ("Maker") is already titled "Bought", and Zoho refuses a second one of that title.',
        remedy: 'Give this one another title: "lookup: {module: {api_name: Contacts}, display_label: …}".',
      },
    ]);
    expect(reasons([{ ...wish, data_type: 'text' }], holder)).toEqual([]);
    const odd = { ...lookup, display_label: 7 };
    expect(reasons([want('Buyer', { type: 'lookup', lookup: odd })], holder)).toEqual([]);
    expect(reasons([wish], has('Maker', { type: 'lookup', lookup: odd }))).toEqual([]);
    const untitled = has('Maker', { type: 'lookup', lookup });
    expect(reasons([wish], untitled)).toEqual([]);
  });

  it('which field may be meant by one that someone else was to make', () => {
    const missing = (hint: string): readonly string[] => [
      `The field does not exist, and "create: false" says that this tool must not create it.${hint}`,
    ];
    const wish = want('risk', { create: false, label: 'Danger' });
    const byName = has('Risk', { label: 'x' });
    const byLabel = has('Other', { label: 'danger', custom: false });
    expect(messages(wish)).toEqual(missing(''));
    expect(messages(wish, byLabel, byName)).toEqual(
      missing(' Zoho has the custom field Risk ("x"): if that is the one, use its API name.'),
    );
    expect(messages(wish, byLabel)).toEqual(
      missing(' Zoho has the standard field Other ("danger"): if that is the one, use its API name.'),
    );
    const { field_label: _label, ...unlabelled } = wish;
    expect(messages(unlabelled, byLabel, has('X', { label: '' }))).toEqual(missing(''));
  });

  it('the ids of fields that cannot be told apart', () => {
    const twice = [has('Risk', { id: '2' }), has('Risk', { id: '1' })];
    const [entry] = makePlan(
      manifestOf(want('Risk')),
      [{ module: 'Deals', fields: twice }],
      {},
    ).modules.flatMap((module) => module.entries);
    expect(entry?.action).toBe('conflict');
    expect(messages(want('Risk'), ...twice)).toEqual([
      'Zoho lists 2 fields with the API name Risk (ids 1, 2).',
    ]);
  });

  it('that the type is another one, and that nobody can change that', () => {
    const wish = want('Risk', { type: 'email' });
    expect(reasons([wish], has('Risk'))).toEqual([
      {
        code: 'data-type-differs',
        message: 'The manifest says email, Zoho has text, and Zoho never changes the data type of a field.',
        remedy:
          'Write "data_type: text" if the field is the right one; otherwise choose another API name and label.',
      },
    ]);
    expect(messages(wish, has('Risk', { custom: false }))[0]).toMatch(
      / data type of a field\. It is one of Zoho's standard fields\.$/,
    );
  });

  it('how to bring an unused field back, by the label that Zoho shows there', () => {
    expect(reasons([want('Risk')], has('Risk', { used: false }))[0]?.remedy).toContain('drag "Risk" from');
  });

  it('which key differs for ever', () => {
    const wish = want('Risk', { type: 'textarea', textarea: { type: 'large' } });
    expect(reasons([wish], has('Risk', { type: 'textarea', textarea: { type: 'small' } }))).toEqual([
      {
        code: 'textarea-differs',
        message: '"textarea" differs, and Zoho does not let anyone change it once a field exists.',
        remedy:
          'Write in the manifest what Zoho has, or declare a new field with another API name and label.',
      },
    ]);
  });

  it('nothing of a label where the field itself holds it in one of its forms', () => {
    const wish = want('Risk', { label: 'Danger' });
    expect(reasons([wish], has('Risk', { label: 'DANGER' }))).toEqual([]);
    expect(reasons([want('Risk')], has('Risk'), has('Other', { label: 'risk' }))).toEqual([]);
    const other = has('Other', { label: 'risk' });
    expect(reasons([want('Risk', { length: 5 })], has('Risk', { length: 6 }), other)).toEqual([]);
  });
});
