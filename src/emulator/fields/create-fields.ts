import { type Reply, refuse } from '../http/reply.ts';
import type { ModuleCall } from '../zoho.ts';
import { isObject, textOf, type Json } from '../json.ts';
import { addField, moduleOf, type Draft } from '../state/organisation-state.ts';
import { buildField } from './build-field.ts';
import { formulaProblem } from './check-formula.ts';
import { limitRules, uniqueLimit } from '../crm/limits.ts';
import { linkRules } from './check-links.ts';
import { apiNameRules, labelRules } from './check-names.ts';
import { numberRules } from './check-numbers.ts';
import { optionRules } from './check-options.ts';
import { propertyRules } from './check-properties.ts';
import { valueProblem, createStructure, shapeOfKey } from './check-shape.ts';
import { CREATABLE_TYPES, dataType } from './data-types.ts';
import { firstProblem, type Item, at, problem, unsupportedValue, placeOf, type Rule } from './problem.ts';
import { writeItems, type Outcome } from './write-items.ts';

/** Modules whose fields can be read but not made: not in the list of sheet §3. */
const WITHOUT_CREATION = ['Notes'];

/** `POST settings/fields?module=…` (sheet §3, §13.2). */
export function createFields(call: ModuleCall): Reply {
  const { api_name, generated_type } = call.module;
  if (WITHOUT_CREATION.includes(api_name) || generated_type === 'linking') return refuse('INVALID_MODULE');
  const { switches } = call.zoho;
  return writeItems(
    call,
    {
      structure: (item, path) => createStructure(item, path, switches),
      one: (draft, item, path) => createOne(call, draft, item, path),
      done: { status: 201, message: 'field created' },
    },
    switches.maxFieldsPerCall,
  );
}

function createOne(call: ModuleCall, draft: Draft, body: Json, path: string): Outcome {
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
const createRules: readonly Rule[] = [
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
