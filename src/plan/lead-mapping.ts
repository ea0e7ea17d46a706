import { given, isObject, property, valueAt } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField, Manifest } from '../model/manifest.ts';
import type { PlanEntry, Reason } from '../model/plan.ts';

/**
 * Whether a lead's conversion fills a field, as `maps_from` declares (sheet §2.3: `convert_mapping` of the lead field).
 *
 * No API sets that mapping, so there is nothing to create here, and nothing that creating could depend on: a field that
 * exists and is not fed as declared has drifted, and a field that is to be created comes with a note.
 */

/** The module whose fields carry the mapping. */
export const LEADS = 'Leads';

/** True where a plan of this manifest has to look at the fields of leads. */
export function needsLeads(manifest: Manifest): boolean {
  return manifest.modules.some((module) => module.fields.some((field) => field.maps_from !== undefined));
}

/** What is known about leads: the live fields, and what the manifest says of them. */
export interface Leads {
  readonly live: readonly LiveField[];
  readonly declared: readonly DesiredField[];
}

/** The entry with what its `maps_from` makes of it. */
export function withMapping(entry: PlanEntry, leads: Leads): PlanEntry {
  const from = entry.field.maps_from;
  if (from === undefined || entry.action === 'conflict') return entry;
  const reason = judge(entry, from.replace(/^Leads\./u, ''), leads);
  const reasons = [...entry.reasons, reason];
  if (entry.action === 'create' || reason.code === 'lead-mapped' || reason.code === 'lead-mapping-unknown') {
    return { ...entry, reasons };
  }
  const feeding = leads.live.find((field) => mappedTo(field, entry.module) === entry.field.api_name);
  const difference = {
    key: 'maps_from',
    want: from,
    live: feeding === undefined ? null : `${LEADS}.${feeding.api_name}`,
    permanent: false,
  };
  return { ...entry, action: 'drift', reasons, differences: [...entry.differences, difference] };
}

/**
 * The entry as if its manifest said nothing about the mapping: what `apply` relies on, and what a plan's id stands for,
 * are not changed by an admin who sets it.
 */
export function leavingMappingAside(entry: PlanEntry): PlanEntry {
  const differences = entry.differences.filter(({ key }) => key !== 'maps_from');
  const reasons = entry.reasons.filter((reason) => reason.notice !== true);
  const isOnlyMapping = entry.action === 'drift' && differences.length === 0 && entry.differences.length > 0;
  return { ...entry, differences, reasons, action: isOnlyMapping ? 'in_sync' : entry.action };
}

function judge({ module, field, action }: PlanEntry, name: string, leads: Leads): Reason {
  const lead = leads.live.find((one) => one.api_name === name);
  const place = setup(module, field.field_label ?? field.api_name, lead?.display_label ?? name);
  if (lead === undefined) return missingLead(name, leads, place);
  const target = mappedTo(lead, module);
  if (target === field.api_name) {
    return notice('lead-mapped', `When a lead is converted, Zoho fills it from ${LEADS}.${name}.`);
  }
  if (!isObject(property(lead.wire, 'convert_mapping'))) {
    return notice('lead-mapping-unknown', `Zoho does not tell where ${LEADS}.${name} goes.`, place);
  }
  const type = lead.data_type === field.data_type ? '' : typeNote(lead, field);
  if (target !== undefined) {
    return notice(
      'lead-mapping-differs',
      `When a lead is converted, ${LEADS}.${name} goes to ${module}.${target}, not here.${type}`,
      place,
    );
  }
  const when = action === 'create' ? 'Once the field is created, map' : 'Map';
  return notice(
    'lead-mapping-missing',
    `When a lead is converted, nothing carries ${LEADS}.${name} over to this field.${type}`,
    place.replace('Map', when),
  );
}

function typeNote(lead: LiveField, field: DesiredField): string {
  return ` Zoho offers only fields of one type for a mapping, and ${LEADS}.${lead.api_name} is ${lead.data_type} while this is ${field.data_type}.`;
}

function missingLead(name: string, { declared }: Leads, place: string): Reason {
  const isComing = declared.some((field) => field.api_name === name && field.create);
  return notice(
    'lead-field-missing',
    isComing
      ? `${LEADS}.${name} does not exist yet; this manifest declares it.`
      : `${LEADS}.${name} does not exist, so nothing can be mapped from it.`,
    isComing
      ? place.replace('Map', 'Once both fields are there, map')
      : `Declare it in a document "module: ${LEADS}" of this manifest, or correct "maps_from".`,
  );
}

/** The one place where a person can do it: no call for it is documented. */
function setup(module: string, label: string, leadLabel: string): string {
  return `Map it in Zoho, which has no API for it: Setup > Customization > Modules and Fields > ${LEADS} > Module Settings > Lead Conversion Mapping. In the row "${leadLabel}" choose "${label}" below ${module}, and save.`;
}

function notice(code: string, message: string, remedy?: string): Reason {
  return { code, notice: true, message, ...given({ remedy }) };
}

/** The field of `module` that a lead's field goes to; Zoho names it, an object with its name is understood too. */
function mappedTo(lead: LiveField, module: string): string | undefined {
  const target = valueAt(lead.wire, ['convert_mapping', module]);
  const name = isObject(target) ? property(target, 'api_name') : target;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
