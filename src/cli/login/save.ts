import type { EnvEdit } from '../../credentials/env-edit.ts';
import { editEnvFile } from '../env-file.ts';
import type { FileSettings } from '../settings.ts';
import { apiUrlValue, type Form, type LoginName } from './form.ts';

/** The order in which new lines are written: as a person would read them. */
const ORDER: readonly LoginName[] = [
  'ZOHO_DC',
  'ZOHO_API_URL',
  'ZOHO_CLIENT_ID',
  'ZOHO_CLIENT_SECRET',
  'ZOHO_REFRESH_TOKEN',
];

/**
 * Writes what was asked, and the new refresh token where there is one.
 * @returns the names that were written; what the file said already is not touched.
 */
export async function save(
  form: Form,
  settings: FileSettings,
  { refreshToken, keepOld }: { readonly refreshToken?: string; readonly keepOld: boolean },
): Promise<readonly LoginName[]> {
  const values = new Map(form.edits);
  const apiUrl = apiUrlValue(form);
  if (apiUrl !== undefined && form.fixedApiUrl === undefined) values.set('ZOHO_API_URL', apiUrl);
  if (refreshToken !== undefined) values.set('ZOHO_REFRESH_TOKEN', refreshToken);
  const edits = ORDER.flatMap((name): readonly (EnvEdit & { readonly name: LoginName })[] => {
    const value = values.get(name);
    if (value === undefined || (settings.inFile(name) ?? '') === value) return [];
    return [{ name, value, keepOld: keepOld && name === 'ZOHO_REFRESH_TOKEN' }];
  });
  if (edits.length > 0) await editEnvFile(settings.path, edits);
  return edits.map((edit) => edit.name);
}
