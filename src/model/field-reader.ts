import type { Room } from './limits.ts';
import type { LiveField } from './live-field.ts';

/** Reads the fields of a module of the live organisation. */
export interface FieldReader {
  /**
   * Every field of the module, used and unused.
   * @param options API names of the picklists whose options will be compared; where the list leaves options out, they
   *   are read one by one, for these only (sheet §2.2).
   * @throws Problem when Zoho does not answer with a list of fields.
   */
  fields(module: string, options: readonly string[]): Promise<readonly LiveField[]>;
}

/** All that planning is ever given of Zoho: there is no way to write through it. */
export interface PlanReader extends FieldReader {
  /** Profile names and their ids (sheet §10.2). */
  profiles(): Promise<ReadonlyMap<string, string>>;
  /** API names of global picklists and their ids (sheet §10.3). */
  globalPicklists(): Promise<ReadonlyMap<string, string>>;
  /**
   * API names of modules and the other names that people know them by (sheet §10.1).
   * @returns nothing where the credentials may not ask, or Zoho does not say.
   */
  modules(): Promise<ReadonlyMap<string, readonly string[]> | undefined>;
  /** How much a module can hold, as far as the credentials and the settings tell. */
  room(): Promise<Room>;
}
