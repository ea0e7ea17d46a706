import { startEmulator, type Emulator } from '../../../src/emulator/start.ts';

/** What the local Zoho answers, word for word; recorded once per campaign, and the same every time. */
export interface Recorded {
  readonly status: number;
  readonly text: string;
}

/** Recorded answers, by what they answer. */
export interface Corpus {
  readonly fields: readonly Recorded[];
  readonly writes: readonly Recorded[];
  readonly refusals: readonly Recorded[];
  readonly tokens: readonly Recorded[];
  readonly names: readonly Recorded[];
}

/** An instant at which nothing happens. */
const noon = Date.UTC(2026, 0, 15, 12);

/** Asks a fresh local Zoho for one answer of every kind. */
export async function recordCorpus(): Promise<Corpus> {
  const zoho = await startEmulator({ clock: () => noon });
  try {
    const ask = await openClient(zoho);
    const created = [
      await ask('POST', 'settings/fields?module=Deals', { fields: everyType }),
      await ask('POST', 'settings/fields?module=Deals', { fields: [text('Fine'), text('Risk')] }),
      await ask('POST', 'settings/fields?module=Deals', { fields: [text('Risk')] }),
    ];
    return {
      fields: [
        await ask('GET', 'settings/fields?module=Deals&type=all'),
        await ask('GET', 'settings/fields?module=Leads&type=all'),
      ],
      writes: created,
      refusals: [
        await ask('GET', 'settings/fields?module=Nothing'),
        await ask('GET', 'settings/fields'),
        await ask('GET', 'nowhere'),
        await ask('POST', 'settings/fields?module=Deals', { fields: [{}] }),
        await ask('POST', 'settings/fields?module=Deals', {}),
        await ask('GET', 'settings/fields?module=Deals', undefined, 'wrong'),
      ],
      tokens: [await token(zoho), await token(zoho, 'wrong')],
      names: [await ask('GET', 'settings/profiles'), await ask('GET', 'settings/global_picklists')],
    };
  } finally {
    await zoho.close();
  }
}

const text = (label: string): object => ({
  field_label: label,
  api_name: label,
  data_type: 'text',
  length: 40,
});

const everyType: readonly object[] = [
  text('Risk'),
  {
    field_label: 'Tier',
    api_name: 'Tier',
    data_type: 'picklist',
    pick_list_values: [
      { display_value: 'Gold', actual_value: 'gold' },
      { display_value: 'Silver', actual_value: 'silver' },
    ],
  },
  {
    field_label: 'Margin',
    data_type: 'currency',
    currency: { rounding_option: 'normal', precision: 1 },
    decimal_place: 2,
  },
  {
    field_label: 'Partner Account',
    api_name: 'Partner_Account',
    data_type: 'lookup',
    lookup: { module: { api_name: 'Accounts' }, display_label: 'Partner Deals' },
  },
  { field_label: 'Code', data_type: 'text', length: 20, unique: { case_sensitive: false } },
];

type Ask = (method: string, path: string, body?: unknown, token?: string) => Promise<Recorded>;

async function openClient(zoho: Emulator): Promise<Ask> {
  const granted = JSON.parse((await token(zoho)).text) as { readonly access_token: string };
  return async (method, path, body, other = granted.access_token) => {
    const answer = await fetch(`${zoho.url}/crm/v8/${path}`, {
      method,
      headers: { authorization: `Zoho-oauthtoken ${other}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
}

async function token(zoho: Emulator, code?: string): Promise<Recorded> {
  const { environment } = zoho;
  const answer = await fetch(`${zoho.url}/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: environment['ZOHO_CLIENT_ID'] ?? '',
      client_secret: environment['ZOHO_CLIENT_SECRET'] ?? '',
      refresh_token: code ?? environment['ZOHO_REFRESH_TOKEN'] ?? '',
    }),
  });
  return { status: answer.status, text: await answer.text() };
}
