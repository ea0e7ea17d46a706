import { describe, expect, it } from 'vitest';
import type { PlanReader, LiveField } from '../../../src/model/live-field.ts';
import type { Room } from '../../../src/model/limits.ts';
import { resolveNames } from '../../../src/plan/references.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { readLive } from '../../../src/plan/plan-live.ts';
import { has, manifestOf, want } from '../../support/field.ts';

class Reader implements PlanReader {
  readonly asked: string[] = [];
  readonly #fields: readonly LiveField[];

  constructor(...fields: readonly LiveField[]) {
    this.#fields = fields;
  }

  fields(module: string, options: readonly string[]): Promise<readonly LiveField[]> {
    this.asked.push(`${module} ${options.join(',')}`.trim());
    return Promise.resolve(this.#fields);
  }

  profiles(): Promise<ReadonlyMap<string, string>> {
    this.asked.push('profiles');
    return Promise.resolve(new Map([['Standard', '26014']]));
  }

  globalPicklists(): Promise<ReadonlyMap<string, string>> {
    this.asked.push('global picklists');
    return Promise.resolve(new Map([['Source', '492003']]));
  }

  modules(): Promise<ReadonlyMap<string, readonly string[]>> {
    this.asked.push('modules');
    return Promise.resolve(new Map([['Accounts', ['Companies']]]));
  }

  room(): Promise<Room> {
    return Promise.resolve({});
  }
}

const byProfile = want('A', { profiles: [{ name: 'Standard', permission_type: 'hidden' }] });
const byList = want('B', { type: 'picklist', global_picklist: { api_name: 'Source' } });

describe('reading what a plan needs', () => {
  it('asks once per module, and for options only where they are compared', async () => {
    const reader = new Reader();
    await readLive(
      manifestOf(want('A', { type: 'picklist', pick_list_values: [] }), want('B', { type: 'picklist' })),
      reader,
    );
    expect(reader.asked).toEqual(['Deals A']);
  });

  it('looks names up only for fields that have to be created', async () => {
    const absent = new Reader();
    await readLive(manifestOf(byProfile, byList), absent);
    expect(absent.asked).toEqual(['Deals', 'profiles', 'global picklists']);
    const present = new Reader(has('A'), has('B'));
    await readLive(manifestOf(byProfile, byList), present);
    expect(present.asked).toEqual(['Deals']);
  });

  it('looks nothing up for fields that nobody may create, or that carry ids already', async () => {
    const reader = new Reader();
    const withIds = want('C', {
      type: 'picklist',
      global_picklist: { id: '7' },
      profiles: [{ id: '1', permission_type: 'hidden' }],
    });
    await readLive(
      manifestOf(want('A', { create: false, profiles: [{ name: 'X', permission_type: 'hidden' }] }), withIds),
      reader,
    );
    expect(reader.asked).toEqual(['Deals']);
  });

  it('reads many modules, each once', async () => {
    const modules = Array.from({ length: 9 }, (_, index) => ({ module: `M${index}`, fields: [want('A')] }));
    const live = await readLive({ ...manifestOf(), modules }, new Reader());
    expect(live.modules.map((module) => module.module)).toEqual(modules.map((module) => module.module));
  });
});

describe('reading several modules', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ module: `M${index}`, fields: [want('A')] }));

  it('asks for four at a time: the smallest edition of Zoho bears no more than five calls', async () => {
    let underWay = 0;
    const seen: number[] = [];
    const reader: PlanReader = {
      fields: async () => {
        underWay += 1;
        seen.push(underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return [];
      },
      profiles: () => Promise.reject(new Error('nobody asked')),
      globalPicklists: () => Promise.reject(new Error('nobody asked')),
      modules: () => Promise.reject(new Error('nobody asked')),
      room: () => Promise.resolve({}),
    };
    await readLive({ ...manifestOf(), modules: many(9) }, reader);
    expect(seen).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1]);
  });

  it('looks at leads as well where a field is filled from one, and once only', async () => {
    const mapped = { ...want('A'), maps_from: 'Leads.A' };
    const read = async (...modules: readonly { module: string; fields: (typeof mapped)[] }[]) => {
      const reader = new Reader();
      const live = await readLive({ ...manifestOf(), modules }, reader);
      expect(live.modules.map((one) => one.module)).toEqual(reader.asked);
      return reader.asked;
    };
    expect(await read({ module: 'Deals', fields: [mapped] })).toEqual(['Deals', 'Leads']);
    expect(await read({ module: 'Leads', fields: [] }, { module: 'Deals', fields: [mapped] })).toEqual([
      'Leads',
      'Deals',
    ]);
  });

  it('looks names up where a field is missing in its own module, though another one has it', async () => {
    const reader: PlanReader = {
      fields: (module) => Promise.resolve(module === 'Deals' ? [has('A')] : []),
      profiles: () => Promise.resolve(new Map([['Standard', '26014']])),
      globalPicklists: () => Promise.reject(new Error('nobody asked')),
      modules: () => Promise.reject(new Error('nobody asked')),
      room: () => Promise.resolve({}),
    };
    const modules = ['Deals', 'Contacts'].map((module) => ({ module, fields: [byProfile] }));
    const both = await readLive({ ...manifestOf(), modules }, reader);
    expect(both.directory).toStrictEqual({ profiles: new Map([['Standard', '26014']]), room: {} });
    const one = await readLive({ ...manifestOf(), modules: modules.slice(0, 1) }, reader);
    expect(one.directory).toStrictEqual({ room: {} });
  });

  it('knows a name that one field of several needs', async () => {
    const reader = new Reader();
    await readLive(manifestOf(want('X'), byList, want('Y')), reader);
    expect(reader.asked).toEqual(['Deals', 'global picklists']);
  });
});

describe('names that become ids', () => {
  it('keep the name for people and for comparing', () => {
    expect(resolveNames(byProfile, { profiles: new Map([['Standard', '1']]) }).field.declared).toEqual({
      profiles: [{ name: 'Standard', permission_type: 'hidden', id: '1' }],
    });
  });

  it('are conflicts when this organisation does not know them', () => {
    const { modules } = makePlan(manifestOf(byProfile, byList), [], {
      profiles: new Map([['Administrator', '1']]),
      globalPicklists: new Map(),
    });
    expect(
      modules[0]?.entries.map((entry) => [entry.action, entry.reasons[0]?.code, entry.reasons[0]?.remedy]),
    ).toEqual([
      ['conflict', 'unknown-profile', 'Use one of: Administrator.'],
      ['conflict', 'unknown-global-picklist', expect.stringContaining('Create the global picklist')],
    ]);
  });

  it('show ten candidates at most', () => {
    const profiles = new Map(Array.from({ length: 12 }, (_, index) => [`P${index}`, '1']));
    expect(resolveNames(byProfile, { profiles }).reasons[0]?.remedy).toMatch(/P7, …\.$/);
  });
});
