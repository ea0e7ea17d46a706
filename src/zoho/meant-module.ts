import { closest } from '../model/closest.ts';
import { Problem } from '../model/problem.ts';

/**
 * The failure about a module that is not there, with the one that was probably meant: of nearly the same API name, or
 * with that name on the screens (sheet §10.1).
 * @param modules API names of the organisation's modules, each with what the screens call it.
 */
export function withMeantModule(
  { kind, diagnostics: [first] }: Problem,
  module: string,
  modules: ReadonlyMap<string, readonly string[]>,
): Problem | undefined {
  const owners = new Map([...modules].flatMap(([name, labels]) => labels.map((label) => [label, name])));
  const byLabel = closest(module, [...owners.keys()]);
  const meant = closest(module, [...modules.keys()]) ?? (byLabel && owners.get(byLabel));
  if (first === undefined || meant === undefined) return undefined;
  const remedy = `Did you mean "${meant}"? An API name is case-sensitive, and is not the label of the tab.`;
  return new Problem(kind, [{ ...first, remedy }]);
}
