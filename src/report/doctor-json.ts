import type { Check } from '../doctor/check.ts';
import { checkDiagnostics, type Verdict } from '../doctor/verdict.ts';
import { FORMAT_VERSION } from './plan-json.ts';

/** What the doctor's document holds beside the checks. */
export interface DoctorJsonView {
  readonly dataCentre: string;
  readonly requests: { readonly read: number; readonly write: number };
  /** What other data centres said of the client, where they were asked. */
  readonly elsewhere: readonly { readonly dataCentre: string; readonly knowsClient: boolean | null }[];
}

/** The doctor's findings as scripts read them (contract §7). */
export function doctorJson(checks: readonly Check[], verdict: Verdict, view: DoctorJsonView): object {
  return {
    format_version: FORMAT_VERSION,
    kind: 'doctor',
    ready: verdict.ready,
    mend_first: verdict.first?.name ?? null,
    sentence: verdict.sentence,
    data_centre: view.dataCentre,
    checks: checks.map(({ name, title, state, seen, remedy, code }) => ({
      name,
      title,
      state,
      seen,
      ...(code === undefined ? {} : { code }),
      ...(remedy === undefined ? {} : { remedy }),
    })),
    ...(view.elsewhere.length === 0
      ? {}
      : {
          other_data_centres: view.elsewhere.map(({ dataCentre, knowsClient }) => ({
            data_centre: dataCentre,
            knows_client: knowsClient,
          })),
        }),
    requests: view.requests,
    diagnostics: checkDiagnostics(checks),
  };
}
