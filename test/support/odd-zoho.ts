import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../src/model/json.ts';

/**
 * A second stand-in for Zoho, that shares nothing with the emulator: a few answers by heart, each of them another one than
 * the sheet believes, in an organisation full of what nobody may pass on.
 */

/** What must be in nothing that can be sent in. */
export const PRIVATE = [
  '8675309000000000042',
  '8675309000000000043',
  '8675309000000000044',
  '8675309000000000045',
  '8675309000000000046',
  'Kündigungsgrund Frau Müller',
  'Jane Doe <jane@acme.example>',
  'Geheim_Projekt',
  '@everyone',
  '<script>alert(1)</script>',
  '-->',
  '\u001b[31mred',
  '\u202egnp.exe',
  '::error::owned',
  'ACME Secret Deals GmbH',
  'acme-secret.example',
  '1000.deadbeefdeadbeefdeadbeefdeadbeef.cafecafecafecafecafecafecafecafe',
  'SECRET_CODE_OF_ACME',
  'secret_key_of_acme',
  'secret_type_of_acme',
  'Salary of the board',
  'constructor',
] as const;

const TOKEN = PRIVATE[16];

const BASE: Readonly<Record<string, Json>> = {
  json_type: 'string',
  type: 'used',
  created_source: PRIVATE[19],
  ui_type: 1,
  display_type: -1,
  length: 255,
  decimal_place: null,
  custom_field: true,
  created_time: '2026-01-01T10:00:00Z',
  modified_time: '2026-01-01T10:00:00Z',
  profiles: [{ name: PRIVATE[5], id: PRIVATE[0], permission_type: 'read_write' }],
  tooltip: { name: 'info_icon', value: PRIVATE[20] },
  pick_list_values: [],
};

const FIELDS: readonly Json[] = [
  {
    ...BASE,
    id: PRIVATE[0],
    api_name: 'Created_Time',
    field_label: 'Created Time',
    display_label: 'Erstellt am',
    data_type: 'datetime',
    custom_field: false,
  },
  {
    ...BASE,
    id: PRIVATE[1],
    api_name: PRIVATE[7],
    field_label: PRIVATE[5],
    display_label: PRIVATE[5],
    data_type: 'text',
    unique: { [PRIVATE[18]]: PRIVATE[6] },
    [PRIVATE[18]]: PRIVATE[6],
    [PRIVATE[9]]: PRIVATE[9],
    visible: PRIVATE[13],
    __proto__: null,
  },
  {
    ...BASE,
    id: PRIVATE[2],
    api_name: PRIVATE[21],
    field_label: PRIVATE[11],
    display_label: PRIVATE[12],
    data_type: 'picklist',
    length: 100,
    pick_list_values: [{ display_value: PRIVATE[8], actual_value: PRIVATE[10] }],
  },
  {
    ...BASE,
    id: PRIVATE[3],
    api_name: 'Odd',
    field_label: PRIVATE[13],
    display_label: PRIVATE[13],
    data_type: PRIVATE[19],
  },
];

const ORG = {
  id: PRIVATE[4],
  company_name: PRIVATE[14],
  type: 'sandbox',
  primary_email: PRIVATE[6],
  license_details: { paid: true, paid_type: 'professional' },
};

/** What it says instead of what is believed, fact by fact. */
export const ODDITIES: Readonly<Record<string, unknown>> = {
  'token.scope': 'absent',
  'token.life_in': 'milliseconds',
  'token.life_seconds': 1800,
  'token.api_domain': 'absent',
  'token.as_bearer': 'accepted',
  'answer.missing_module': '404 OTHER',
  'answer.unknown_module': '404 INVALID_URL_PATTERN',
  'answer.unknown_id': '404 NO_CODE',
  'answer.unknown_type': '200 NO_CODE',
  'answer.unknown_path': '405 METHOD_NOT_ALLOWED',
  'answer.wrong_version': '400 API_NOT_SUPPORTED',
  'answer.no_unused': '200',
  'answer.options': '204',
  'answer.no_options': '400 NOT_SUPPORTED',
  'answer.profiles': '403 OTHER',
  'module.case': 'is_ignored',
  'list.info': 'present',
  'list.layouts': 'absent',
  'header.token_reset': 'absent',
  'header.rate_limit': 'present',
  'field.unique_key': 'other',
  'field.times': 'in_utc',
  'field.untranslated': 'field_label',
  'field.unknown_types': 1,
  'length.picklist': 100,
};

interface Reply {
  readonly status: number;
  readonly body?: Json | string;
}

function answer(path: string, query: URLSearchParams): Reply {
  if (path === '/oauth/v2/token')
    return { status: 200, body: { access_token: TOKEN, expires_in: 1_800_000, expires_in_sec: 1800 } };
  if (path.startsWith('/crm/v99/')) return refusal(400, 'API_NOT_SUPPORTED');
  const module = query.get('module');
  switch (path.replace('/crm/v8/', '')) {
    case 'settings/fields':
      if (module === null) return refusal(404, PRIVATE[17]);
      if (module.toLowerCase() !== 'deals') return refusal(404, 'INVALID_URL_PATTERN');
      if (query.get('type') === 'unused') return { status: 200, body: { fields: [] } };
      if (query.get('type') === 'no_such_type') return { status: 200, body: { status: PRIVATE[6] } };
      return { status: 200, body: { fields: FIELDS, info: { more_records: false, page: 1 } } };
    case `settings/fields/${PRIVATE[2]}`:
      return { status: 200, body: { fields: [FIELDS[2] ?? null] } };
    case `settings/fields/${PRIVATE[2]}/pick_list_values`:
      return { status: 204 };
    case `settings/fields/${PRIVATE[1]}/pick_list_values`:
      return refusal(400, 'NOT_SUPPORTED');
    case 'settings/modules':
      return { status: 200, body: { modules: [{ api_name: PRIVATE[7] }] } };
    case 'settings/profiles':
      return refusal(403, PRIVATE[17]);
    case 'settings/global_picklists':
      return { status: 200, body: { global_picklists: [{ api_name: PRIVATE[7], id: PRIVATE[0] }] } };
    case 'settings/layouts':
      return { status: 200, body: { layouts: [{ name: PRIVATE[14] }] } };
    case 'org':
      return { status: 200, body: { org: [ORG] } };
    case 'no_such_path_of_zoho_fields':
      return refusal(405, 'METHOD_NOT_ALLOWED');
    default:
      return { status: 404, body: `<html>${PRIVATE[6]}</html>` };
  }
}

function refusal(status: number, code: string): Reply {
  return {
    status,
    body: { code, message: PRIVATE[5], details: { [PRIVATE[18]]: PRIVATE[15] }, status: 'error' },
  };
}

/** The running stand-in. */
export interface OddZoho {
  readonly environment: Readonly<Record<string, string>>;
  /** Methods and paths, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Starts it on this machine. */
export async function startOddZoho(): Promise<OddZoho> {
  const requests: string[] = [];
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    requests.push(`${incoming.method} ${pathname}`);
    incoming.resume();
    incoming.on('end', () => {
      const { status, body } = answer(pathname, searchParams);
      outgoing.writeHead(status, { 'x-ratelimit-limit': '100', 'x-secret': PRIVATE[14] });
      outgoing.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: {
      ZOHO_CLIENT_ID: '1000.ODD',
      ZOHO_CLIENT_SECRET: 'odd-secret-of-the-stand-in',
      ZOHO_REFRESH_TOKEN: '1000.odd-refresh-token-of-the-stand-in',
      ZOHO_ACCOUNTS_URL: url,
      ZOHO_API_URL: url,
    },
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
