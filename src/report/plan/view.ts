import { count } from '../../model/count.ts';
import type { Origins } from '../../diff/origin.ts';
import { data, listed, shorten, strong, type Words } from '../media/document.ts';
import type { Look } from '../media/layout.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { ageWords } from '../../model/time.ts';
import { visibleShort } from '../../model/visible.ts';
import type { Organisation, RequestCount } from '../../model/live-field.ts';

/** Where a plan was made, as far as the credentials' scopes tell. */
export interface Target {
  /** `us`, `eu`, …, or `emulator`. */
  readonly dataCentre: string;
  readonly apiHost: string;
  readonly organisation?: Organisation;
}

/** The snapshot that a plan was made from. */
export interface SnapshotView {
  /** As the user named the file. */
  readonly path: string;
  /** ISO 8601. */
  readonly takenAt: string;
  /** Below zero where nobody knows. */
  readonly ageSeconds: number;
}

/** What every reader of a plan of a snapshot has to know first. */
export function notLiveWords(snapshot: SnapshotView): Words {
  return [
    strong('Not live'),
    ': planned from the snapshot ',
    data(snapshot.path, 200),
    `, ${takenWords(snapshot)}. Zoho may hold something else by now, and this plan cannot be applied.`,
  ];
}

/** What every reader of a rehearsal has to know first. */
export function rehearsalWords(snapshot: SnapshotView): Words {
  return [
    strong('Rehearsal'),
    ': everything below happens in a throw-away built-in Zoho that holds the snapshot ',
    data(snapshot.path, 200),
    `, ${takenWords(snapshot)}. Nothing is sent to the real one, which may hold something else by now.`,
  ];
}

function takenWords({ takenAt, ageSeconds }: SnapshotView): string {
  const age = ageSeconds < 0 ? 'at a time in the future' : `${ageWords(ageSeconds)} ago`;
  return `taken at ${takenAt}, ${age}`;
}

/** How a plan's facts were come by. */
export function readWords({ requests, snapshot }: Pick<PlanView, 'requests' | 'snapshot'>): string {
  return snapshot === undefined ? `read with ${count(requests.read, 'call')}` : 'nothing was read from Zoho';
}

/** What a plan's screen needs beside the plan. */
export interface PlanView extends Look {
  readonly target: Target;
  readonly requests: RequestCount;
  /** Where the plan is not of what Zoho holds now. */
  readonly snapshot?: SnapshotView;
  /** Where it is about to be rehearsed with this one. */
  readonly rehearsal?: SnapshotView;
  /** List every field that is in sync on a line of its own. */
  readonly inSync: boolean;
  /** List the live custom fields that the manifest does not name. */
  readonly unmanaged: boolean;
  /** By id, the stanza that would declare an unmanaged field. */
  readonly stanzas?: ReadonlyMap<string, string>;
  /** Whose doing each row is, where a change is under review. */
  readonly origins?: Origins;
  /** The command to run next, where that is not up to the caller. */
  readonly next?: string;
}

/** All that is told about a plan, in whatever format. */
export interface PlanFacts extends PlanView {
  /** What is doubtful about the manifest. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the credentials do not allow of it. */
  readonly gaps: readonly Diagnostic[];
  /** The command that applies this plan, where there is something to apply. */
  readonly apply?: { readonly command: string; readonly saved: boolean };
}

/** `Plan: Deals of Acme GmbH (production) · Zoho fields`: what tells one page from another among many. */
export function pageTitle(what: string, modules: string, target: Target): string {
  return `${what}: ${modules} of ${ownerText(target)} · Zoho fields`;
}

/** Whose Zoho it is, in words alone; not escaped. */
export function ownerText({ organisation, dataCentre }: Target): string {
  if (organisation !== undefined)
    return `${shorten(organisation.name, 80)} (${shorten(organisation.type, 20)})`;
  return dataCentre === 'emulator'
    ? 'the built-in emulator'
    : `the organisation of these credentials (${dataCentre})`;
}

/** `Deals, Leads`. */
export function moduleNames({
  modules,
}: {
  readonly modules: readonly { readonly module: string }[];
}): string {
  return modules.map(({ module }) => module).join(', ');
}

/** `the module Deals of Acme GmbH (production)`: where something happens, for a reader who must not mistake it. */
export function whereWords(modules: readonly string[], target: Target): Words {
  const names = listed(modules.map((module) => data(module)));
  return [`the ${modules.length === 1 ? 'module' : 'modules'} `, ...names, ' of ', ...ownerWords(target)];
}

/** Whose Zoho it is; the name is known only where the credentials may read it. */
function ownerWords({ dataCentre, organisation }: Target): Words {
  if (dataCentre === 'emulator') return ['the built-in emulator, which is not a real Zoho'];
  if (organisation === undefined) {
    return [`the organisation that the credentials belong to (data centre ${dataCentre})`];
  }
  return [strong(shorten(organisation.name, 80)), ' (', data(organisation.type, 20), ')'];
}

/** The same on a line of a terminal. */
export function placeText({ dataCentre, apiHost, organisation }: Target): string {
  if (dataCentre === 'emulator') return 'none: this is the built-in emulator, not a real Zoho';
  const owner = organisation === undefined ? '' : `${visibleShort(organisation.name, 80)}, `;
  return `${owner}data centre ${dataCentre}, ${visibleShort(apiHost, 80)}`;
}

/** What identifies the place beyond doubt. */
export function placeWords({ dataCentre, apiHost, organisation }: Target): Words {
  if (dataCentre === 'emulator') return ['the built-in emulator'];
  const owner: Words =
    organisation === undefined
      ? ['organisation not shown, since the credentials lack the scope ', data('ZohoCRM.org.READ')]
      : ['organisation ', data(organisation.name, 80), ' with the id ', data(organisation.id, 30)];
  return [...owner, `, data centre ${dataCentre} at `, data(apiHost, 80)];
}
