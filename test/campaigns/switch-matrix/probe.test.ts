import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEmulator, type EmulatorOptions } from '../../../src/emulator/start.ts';
import { type Switches, SWITCH_NAMES } from '../../../src/emulator/switches.ts';
import { MOVED } from '../../support/switch-expectations.ts';
import { FACTS } from '../../../src/probe/findings.ts';
import { textOf } from '../../../src/model/json.ts';
import { examples } from '../../support/organisation.ts';
import { makeInsideWorkspace } from '../../support/run-inside.ts';

/**
 * The law of the probe: what was set is what is found, and an emulator that behaves as the profile says shows the same
 * again. Every position of every switch, in an organisation that has a field of every type.
 */

interface Found {
  readonly facts: readonly { readonly id: string; readonly verdict: string; readonly seen?: unknown }[];
  readonly requests: { readonly read: number; readonly write: number };
}

/** Every type, each under a name and a label of its own; without times of ours, so that no clock matters. */
const EVERY_TYPE = {
  modules: {
    Deals: examples.map((field, index) => ({
      ...field,
      id: `60842170000009${String(index).padStart(5, '0')}`,
      api_name: `Kind_${index}`,
      field_label: `Kind ${index}`,
      display_label: `Kind ${index}`,
      data_type: textOf(field['data_type']),
    })),
  },
};
const SCOPES = 'ZohoCRM.settings.ALL ZohoCRM.org.READ';

interface Probed {
  readonly found: Found;
  readonly profile: Profile;
  readonly sent: readonly string[];
  readonly asked: ReadonlySet<string>;
}

async function probed(options: EmulatorOptions): Promise<Probed> {
  const zoho = await startEmulator(options);
  const space = makeInsideWorkspace(zoho, false);
  try {
    const run = await space.run(['probe', '--json', '--out', 'p.json'], { env: { ...zoho.environment } });
    expect([run.code, run.stderr]).toEqual([0, '']);
    return {
      found: JSON.parse(run.stdout) as Found,
      profile: JSON.parse(readFileSync(join(space.path, 'p.json'), 'utf8')) as Profile,
      asked: zoho.asked,
      sent: zoho.requests.map(({ method, path }) => `${method} ${path}`),
    };
  } finally {
    space.remove();
    await zoho.close();
  }
}

interface Profile {
  readonly [key: string]: never;
}

const different = ({ facts }: Found): readonly string[] =>
  facts.filter(({ verdict }) => verdict === 'different').map(({ id }) => id);

/** What a read can show of a switch. */
const shownBy = (name: string): readonly string[] =>
  FACTS.filter(({ id, emulator }) => emulator === name && !id.startsWith('create.')).map(({ id }) => id);

/** Switches that any answer of a probe depends on. */
let asked: ReadonlySet<string>;
beforeAll(async () => {
  const whole = await probed({ seed: EVERY_TYPE, scope: SCOPES });
  const scarce = await probed({ seed: EVERY_TYPE, scope: 'ZohoCRM.settings.ALL' });
  asked = new Set([...whole.asked, ...scarce.asked]);
});

describe('a probe of the emulator', () => {
  it('finds no difference where nothing was set, and sends reads and the token alone', async () => {
    const { found, sent } = await probed({ seed: EVERY_TYPE, scope: SCOPES });
    expect(different(found)).toEqual([]);
    const others = sent.filter((one) => !one.startsWith('GET ') && one !== 'POST /oauth/v2/token');
    expect(others).toEqual([]);
    expect(sent.filter((one) => one.startsWith('POST'))).toHaveLength(1);
    expect(found.requests).toEqual({ read: sent.length, write: 0 });
  });

  it('names switches that there are', () => {
    const named = FACTS.flatMap(({ emulator }) =>
      emulator === undefined || emulator === 'profile' ? [] : [emulator],
    );
    expect(named.filter((name) => !SWITCH_NAMES.some((one) => one === name))).toEqual([]);
  });

  describe.concurrent('in every position', () => {
    it.for(MOVED)('$name=$value: finds that, and its profile finds it again', async ({ name, value }) => {
      const switches = { [name]: value } as Partial<Switches>;
      // What no answer depends on shows nothing, and needs no second look.
      expect(asked.has(name) || shownBy(name).length === 0, 'a switch that should show').toBe(true);
      if (!asked.has(name)) return;
      // Which scope is missing shows only where one is.
      const scope = name === 'scopeMismatchStatus' ? 'ZohoCRM.settings.ALL' : SCOPES;
      const first = await probed({ seed: EVERY_TYPE, scope, switches });
      expect(different(first.found)).toEqual(shownBy(name));
      const again = await probed({ seed: EVERY_TYPE, scope, profile: first.profile });
      expect(again.profile).toEqual(first.profile);
      expect(different(again.found)).toEqual(different(first.found));
    });
  });
});
