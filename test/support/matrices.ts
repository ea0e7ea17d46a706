import type { Matrix, ReadColumn } from '../../src/matrix/matrix.ts';
import type { LiveField } from '../../src/model/live-field.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { makePlan } from '../../src/plan/make-plan.ts';

/** An organisation as it was read: the fields of Deals, and what else a test says of the column. */
export function readAs(
  name: string,
  manifest: Manifest,
  fields: readonly LiveField[],
  more: Partial<ReadColumn> = {},
): ReadColumn {
  const live = manifest.modules.map(({ module }) => ({ module, fields }));
  const place = { dataCentre: 'eu', apiHost: 'www.zohoapis.eu' };
  return { name, ...place, plan: makePlan(manifest, live, {}), live, ...more };
}

/** An organisation of which nothing is known but that it did not answer. */
export function unread(name: string, message = 'Zoho could not be reached.'): ReadColumn {
  const diagnostics = [{ severity: 'error' as const, code: 'unreachable', message, remedy: 'Try again.' }];
  return { name, dataCentre: 'us', live: [], failure: { kind: 'unreachable', diagnostics } };
}

/** The actions of each field, in the order of the columns. */
export function actionsOf({ fields, columns }: Matrix): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    fields.map(({ api_name, cells }) => [
      api_name,
      columns.map(({ name }) => cells[name]?.action ?? 'no cell'),
    ]),
  );
}
