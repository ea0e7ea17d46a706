import { apiNotSupported, invalidMethod, invalidModule } from '../crm/refusals.ts';
import type { ModuleCall } from '../crm/resource.ts';
import type { Reply } from '../http/exchange.ts';
import { isObject, textOf, type Json } from '../json.ts';
import { addField, moduleOf, type Draft } from '../state/draft.ts';
import { buildField } from './build-field.ts';
import { formulaProblem } from './check-formula.ts';
import { limitRules, uniqueLimit } from './check-limits.ts';
import { linkRules } from './check-links.ts';
import { apiNameRules, labelRules } from './check-names.ts';
import { numberRules } from './check-numbers.ts';
import { optionRules } from './check-options.ts';
import { propertyRules } from './check-properties.ts';
import { valueProblem, createStructure, shapeOfKey } from './check-shape.ts';
import { CREATABLE_TYPES, dataType } from './data-types.ts';
import { firstProblem, type Item, at, problem, unsupportedValue, placeOf, type Rule } from './problem.ts';
import { readItems, answer, wholeRefusal, type Outcome } from './results.ts';

/** The first version whose pages know how to write fields (sheet §4.3). */
const FIRST_WRITING_VERSION = 6;

/** Refuses writes through versions that have no page for them, as the switch says. */
export function oldVersion({ version, zoho }: ModuleCall): Reply | undefined {
  if (version >= FIRST_WRITING_VERSION || zoho.switches.oldVersionWrites === 'serve') return undefined;
  return zoho.switches.oldVersionWrites === 'API_NOT_SUPPORTED' ? apiNotSupported() : invalidMethod();
}

/** Modules whose fields can be read but not made: not in the list of sheet §3. */
const WITHOUT_CREATION = ['Notes'];

/** `POST settings/fields?module=…` (sheet §3, §13.2). */
export function createFields(call: ModuleCall): Reply {
  const { api_name, generated_type } = call.module;
  if (WITHOUT_CREATION.includes(api_name) || generated_type === 'linking') return invalidModule();
  const refused = oldVersion(call);
  if (refused !== undefined) return refused;
  const { switches } = call.zoho;
  const items = readItems(call, switches.maxFieldsPerCall);
  if ('status' in items) return items;
  const structures = items.map((item, index) => createStructure(item, `$.fields[${index}]`, switches));
  const broken = structures.find((found) => found !== undefined);
  if (broken !== undefined && switches.structuralErrors !== 'per-item') return wholeRefusal(broken, switches);
  const outcomes = call.zoho.store.change((draft) =>
    // Items beyond the limit belong to a request that was lost midway; nobody sees their outcome.
    items
      .slice(0, call.commitLimit)
      .map((body, index) => structures[index] ?? createOne(call, { draft, body, index })),
  );
  return answer(outcomes, { status: 201, message: 'field created' });
}

interface Wish {
  readonly draft: Draft;
  readonly body: Json;
  readonly index: number;
}

function createOne(call: ModuleCall, { draft, body, index }: Wish): Outcome {
  const path = `$.fields[${index}]`;
  const dataTypeName = textOf(body, 'data_type') ?? '';
  const type = dataType(dataTypeName);
  if (type === undefined) return unsupportedValue(at(path, 'data_type'), CREATABLE_TYPES);
  // Looked up again each time, so that a duplicate within one request is found (sheet §13.2, step 10).
  const module = moduleOf(draft.world, call.module.api_name);
  if (module === undefined || !isObject(body)) return problem('INVALID_DATA', 'invalid data', {});
  const item: Item = { body, path, dataTypeName, dataType: type, module, draft, zoho: call.zoho };
  const found = firstProblem(createRules, item);
  if (found !== undefined) return found;
  const field = buildField(item);
  addField(draft, module.api_name, field);
  return { id: field.id };
}

/** Values that are one of a few, such as `permission_type` (sheet §3.3, §3.4). */
export const valueRule: Rule = (item) => {
  for (const [key, value] of Object.entries(item.body)) {
    const shape = shapeOfKey(key, item.dataTypeName);
    const found =
      shape === undefined || value === null ? undefined : valueProblem(value, shape, placeOf(item, key));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Step 10 of the checks for one item: everything about values, in this order. */
export const createRules: readonly Rule[] = [
  ...labelRules,
  ...apiNameRules,
  valueRule,
  ...numberRules,
  ...propertyRules,
  ...optionRules,
  ...linkRules,
  formulaProblem,
  ...limitRules,
  uniqueLimit,
];
