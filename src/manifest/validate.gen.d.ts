import type { RawModule } from './schema/schema.ts';

/** One disagreement with the schema, as ajv's generated code reports it. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON pointer to the value. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Compiled from `manifestSchema` by `scripts/generate-validator.ts`; `errors` belongs to the last call. */
export declare const validate: {
  (document: unknown): document is RawModule;
  errors?: readonly SchemaError[] | null;
};
