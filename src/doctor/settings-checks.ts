import { maskedId, maskedSecret } from '../credentials/mask.ts';
import { oddForm } from '../credentials/usual-form.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { failed, ok, warning, type Check, type Subject } from './check.ts';

export type SettingName = 'ZOHO_CLIENT_ID' | 'ZOHO_CLIENT_SECRET' | 'ZOHO_REFRESH_TOKEN';

/** A credential as it was found. */
export interface SettingFound {
  readonly name: SettingName;
  /** Absent where it is not set. */
  readonly value?: string;
  /** Where it comes from. */
  readonly origin?: string;
  /** What is missing or malformed. */
  readonly problems: readonly Diagnostic[];
}

const SUBJECTS: Readonly<Record<SettingName, Subject>> = {
  ZOHO_CLIENT_ID: { name: 'setting-client-id', title: 'ZOHO_CLIENT_ID' },
  ZOHO_CLIENT_SECRET: { name: 'setting-client-secret', title: 'ZOHO_CLIENT_SECRET' },
  ZOHO_REFRESH_TOKEN: { name: 'setting-refresh-token', title: 'ZOHO_REFRESH_TOKEN' },
};

/** Is the variable there, and does it look like what it should be? Nothing of a secret is shown. */
export function settingCheck({ name, value, origin, problems }: SettingFound): Check {
  const subject = SUBJECTS[name];
  const [problem] = problems;
  if (problem !== undefined) return failed(subject, 'configuration', problem);
  const shown = name === 'ZOHO_CLIENT_ID' ? maskedId(value ?? '') : maskedSecret(value ?? '');
  const from = `from ${origin ?? 'nowhere'}`;
  const odd = oddForm(name, value ?? '');
  if (odd === undefined) return ok(subject, `${shown}, ${from}`);
  return warning(
    subject,
    'odd-form',
    `${name} (${from}) ${odd}.`,
    'If Zoho refuses it below, copy it again, alone and whole.',
  );
}

/** Where the credentials should be good. */
export interface PlaceFound {
  readonly dataCentre: string;
  readonly accountsHost: string;
  /** `undefined` where the token answer is to decide. */
  readonly apiHost?: string;
  /** Production, sandbox or developer, where the host is one of Zoho's. */
  readonly environment?: string;
  readonly problems: readonly Diagnostic[];
}

const PLACE: Subject = { name: 'setting-data-centre', title: 'data centre' };

/** Are the data centre and the hosts well-formed, and do they belong together? */
export function placeCheck({ dataCentre, accountsHost, apiHost, environment, problems }: PlaceFound): Check {
  const [problem] = problems;
  if (problem !== undefined) return failed(PLACE, 'configuration', problem);
  const api =
    apiHost === undefined ? '' : `, API at ${apiHost}${environment === undefined ? '' : ` (${environment})`}`;
  return ok(PLACE, `${dataCentre}, accounts server ${accountsHost}${api}`);
}
