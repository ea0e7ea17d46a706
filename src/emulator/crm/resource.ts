import type { Reply } from '../http/exchange.ts';
import type { Call } from './call.ts';
import type { Action } from './scopes.ts';

/** One method of a resource. */
export interface Endpoint {
  readonly action: Action;
  readonly handle: (call: Call) => Reply;
}

/** A path below `/crm/v8/` and what can be done there. */
export interface Resource {
  /** Segments; `:` stands for any one. */
  readonly path: readonly string[];
  /** The scope group (sheet §1.6). */
  readonly group: string;
  readonly methods: Readonly<Partial<Record<string, Endpoint>>>;
  /** The first version that has it, where that is not every version. */
  readonly since?: number;
}

/** The values of the `:` segments, or `undefined` where the path is another one. */
export function matchPath(resource: Resource, segments: readonly string[]): readonly string[] | undefined {
  if (resource.path.length !== segments.length) return undefined;
  const fits = resource.path.every((part, index) => part === ':' || part === segments[index]);
  return fits ? segments.filter((_, index) => resource.path[index] === ':') : undefined;
}
