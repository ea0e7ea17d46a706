import type { Lines } from '../frame.ts';
import type { Finding } from '../finding.ts';
import { reservedApiName } from './names.ts';
import {
  encryptedIndex,
  externalModule,
  profileNames,
  repeatedProfiles,
  saidTwice,
  staticTooltip,
  textareaLength,
} from './keys-together.ts';
import { formulaExpressions, formulaFilter, formulaWithoutType } from './formula.ts';
import { mapsFromLead } from './names.ts';
import type { Field, FieldRule } from './field.ts';
import { repeatedModules, repeatedRelatedLists } from './file.ts';
import type { DeclaredModule } from './file.ts';
import { labelBlanks, labelCharacters, longLabel, reservedLabel } from './names.ts';
import {
  repeatedApiNames,
  repeatedLabels,
  repeatedLinkingModules,
  tooManyAutoNumbers,
  tooManyUnique,
  unlikelyMany,
} from './module.ts';
import { affixes, decimalsWithinLength, oddNumbers, precisionBelowDecimals, startNumber } from './numbers.ts';
import { defaultOption, noneOption, optionText, repeatedOptions } from './options.ts';

/** Looks at all fields of one module. */
export type ModuleRule = (fields: readonly Field[]) => readonly Finding[];

/** Looks at all modules of a file. */
export type FileRule = (modules: readonly DeclaredModule[], lines: Lines) => readonly Finding[];

/** In no particular order: none depends on another. What a JSON Schema can say is not here, but in `schema/`. */
export const fieldRules: readonly FieldRule[] = [
  labelCharacters,
  labelBlanks,
  longLabel,
  reservedLabel,
  reservedApiName,
  repeatedOptions,
  noneOption,
  optionText,
  defaultOption,
  oddNumbers,
  decimalsWithinLength,
  precisionBelowDecimals,
  startNumber,
  affixes,
  textareaLength,
  staticTooltip,
  encryptedIndex,
  externalModule,
  formulaFilter,
  formulaExpressions,
  formulaWithoutType,
  saidTwice,
  profileNames,
  repeatedProfiles,
  mapsFromLead,
];

export const moduleRules: readonly ModuleRule[] = [
  repeatedApiNames,
  repeatedLabels,
  repeatedLinkingModules,
  tooManyUnique,
  tooManyAutoNumbers,
  unlikelyMany,
];

export const fileRules: readonly FileRule[] = [repeatedModules, repeatedRelatedLists];
