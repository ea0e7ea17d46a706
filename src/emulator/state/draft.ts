import type { Field, Module, World } from './organisation-state.ts';

/** A world under change: the box is mutable, what is in it is not, so that a failed change leaves no trace. */
export interface Draft {
  world: World;
}

/** A fresh id: the organisation's prefix and a counter of twelve digits (sheet §13.4). */
export function newId(draft: Draft): string {
  const lastId = draft.world.lastId + 1;
  draft.world = { ...draft.world, lastId };
  return `${draft.world.organisation.idPrefix}${String(lastId).padStart(12, '0')}`;
}

/** Own module by API name; never something from the prototype. */
export function moduleOf(world: World, apiName: string): Module | undefined {
  return Object.hasOwn(world.modules, apiName) ? world.modules[apiName] : undefined;
}

export function putModule(draft: Draft, module: Module): void {
  draft.world = { ...draft.world, modules: { ...draft.world.modules, [module.api_name]: module } };
}

export function removeModule(draft: Draft, apiName: string): void {
  const { [apiName]: _gone, ...modules } = draft.world.modules;
  draft.world = { ...draft.world, modules };
}

/** Replaces the fields of a module that exists; does nothing for one that does not. */
export function changeFields(
  draft: Draft,
  module: string,
  change: (fields: readonly Field[]) => readonly Field[],
): void {
  const found = moduleOf(draft.world, module);
  if (found !== undefined) putModule(draft, { ...found, fields: change(found.fields) });
}

export function addField(draft: Draft, module: string, field: Field): void {
  changeFields(draft, module, (fields) => [...fields, field]);
}

export function replaceField(draft: Draft, module: string, field: Field): void {
  changeFields(draft, module, (fields) => fields.map((old) => (old.id === field.id ? field : old)));
}

export function removeField(draft: Draft, module: string, id: string): void {
  changeFields(draft, module, (fields) => fields.filter((field) => field.id !== id));
}
