import type { Lines } from '../positions.ts';
import type { Problem, Span } from '../problem.ts';
import type { Field, FieldRule } from './field.ts';

/** Looks at all fields of one module. */
export type ModuleRule = (fields: readonly Field[]) => readonly Problem[];

/** Looks at all modules of a file. */
export type FileRule = (
  modules: readonly { readonly manifest: { readonly module: string }; readonly fields: readonly Field[]; readonly nameSpan?: Span }[],
  lines: Lines,
) => readonly Problem[];

/** In no particular order: none depends on another. */
export const fieldRules: readonly FieldRule[] = [];

export const moduleRules: readonly ModuleRule[] = [];

export const fileRules: readonly FileRule[] = [];
