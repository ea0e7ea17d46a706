import { type Json, type JsonObject, isObject, property } from '../model/json.ts';
import { filled, objectAt, onlyTrue, textAt, wholeAt, listAt, valueAt } from './read-wire.ts';

/** Keys of fields that point to other records or compute something from them (sheet §2.3, §3.4). */

/** `lookup: Accounts` where the related list has the title that contract §2 gives it by default. */
export function lookup(wire: JsonObject, module: string, dataType: string): Json | undefined {
  const target = dataType === 'lookup' ? textAt(wire, 'lookup', 'module', 'api_name') : undefined;
  const title = dataType === 'lookup' ? textAt(wire, 'lookup', 'display_label') : undefined;
  const rest = filled({
    display_label: title === module ? undefined : title,
    revalidate_filter_during_edit: onlyTrue(valueAt(wire, 'lookup', 'revalidate_filter_during_edit')),
    query_details: queryDetails(wire),
  });
  if (target === undefined) return dataType === 'lookup' ? undefined : rest;
  return rest === undefined ? target : { module: { api_name: target }, ...rest };
}

function queryDetails(wire: JsonObject): Json | undefined {
  const criteria = objectAt(wire, 'lookup', 'query_details', 'criteria');
  const clean = criteria === undefined ? undefined : withoutIds(criteria);
  return clean === undefined ? undefined : { criteria: clean };
}

/** Version 8 nests the module on the other side, version 7 named it flatly (sheet §2.3). */
export function multiselectlookup(wire: JsonObject): Json | undefined {
  const nested = textAt(wire, 'multiselectlookup', 'connected_details', 'module', 'api_name');
  const target = nested ?? textAt(wire, 'multiselectlookup', 'connected_module');
  if (target === undefined) return undefined;
  const label = textAt(wire, 'multiselectlookup', 'connected_details', 'field', 'field_label');
  return {
    connected_details: {
      module: { api_name: target },
      ...(label === undefined ? {} : { field: { field_label: label } }),
    },
  };
}

export function sharingProperties(wire: JsonObject): Json | undefined {
  if (valueAt(wire, 'sharing_properties', 'share_preference_enabled') !== true) return undefined;
  return filled({
    share_preference_enabled: true,
    share_permission: textAt(wire, 'sharing_properties', 'share_permission'),
  });
}

export function associationDetails(wire: JsonObject): Json | undefined {
  const lookupField = named(wire, 'association_details', 'lookup_field');
  const relatedField = named(wire, 'association_details', 'related_field');
  return lookupField === undefined || relatedField === undefined
    ? undefined
    : { lookup_field: lookupField, related_field: relatedField };
}

function named(wire: JsonObject, ...path: readonly string[]): JsonObject | undefined {
  return filled({ api_name: textAt(wire, ...path, 'api_name') });
}

/** GET tells the result's type; an expression only where an organisation is more talkative than the samples. */
export function formula(wire: JsonObject): Json | undefined {
  return filled({
    expression: textAt(wire, 'formula', 'expression'),
    return_type: textAt(wire, 'formula', 'return_type'),
    sub_return_type: textAt(wire, 'formula', 'sub_return_type'),
    dynamic: onlyTrue(valueAt(wire, 'formula', 'dynamic')),
    stop_compute_conditionally: onlyTrue(valueAt(wire, 'formula', 'stop_compute_conditionally')),
    stop_compute_expression: textAt(wire, 'formula', 'stop_compute_expression'),
  });
}

export function rollupSummary(wire: JsonObject): Json | undefined {
  const path = ['rollup_summary', 'expression'] as const;
  const parameters = listAt(wire, ...path, 'function_parameters').flatMap(
    (parameter) => filled({ api_name: textAt(parameter, 'api_name') }) ?? [],
  );
  const criteria = objectAt(wire, ...path, 'criteria');
  return filled({
    return_type: textAt(wire, 'rollup_summary', 'return_type'),
    expression: filled({
      function: textAt(wire, ...path, 'function'),
      function_parameters: parameters.length === 0 ? undefined : parameters,
      criteria: criteria === undefined ? undefined : withoutIds(criteria),
    }),
    based_on_module: named(wire, 'rollup_summary', 'based_on_module'),
    related_list: named(wire, 'rollup_summary', 'related_list'),
  });
}

/** The first number, and what stands around it; empty texts are Zoho's default. */
export function autoNumber(wire: JsonObject): Json | undefined {
  return filled({
    start_number: wholeAt(wire, 'auto_number', 'start_number') ?? textAt(wire, 'auto_number', 'start_number'),
    prefix: textAt(wire, 'auto_number', 'prefix'),
    suffix: textAt(wire, 'auto_number', 'suffix'),
  });
}

/**
 * The value without the ids of this organisation, which mean nothing in another one.
 * @returns `undefined` where an id stands without a name: what it points to could not be said then.
 */
export function withoutIds(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => withoutIds(item));
    return items.some((item) => item === undefined) ? undefined : (items as Json[]);
  }
  if (!isObject(value)) return value;
  const isNamed = typeof property(value, 'api_name') === 'string';
  if (Object.hasOwn(value, 'id') && !isNamed) return undefined;
  const kept: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key === 'id') continue;
    const clean = withoutIds(item);
    if (clean === undefined) return undefined;
    kept.push([key, clean]);
  }
  return Object.fromEntries(kept);
}
