import { shapeOfKey } from './structure.ts';
import { valueProblem } from './check-shape.ts';
import { apiNameRules } from './check-api-name.ts';
import { formulaProblem } from './check-formula.ts';
import { labelRules } from './check-label.ts';
import { limitRules, uniqueLimit } from './check-limits.ts';
import { linkRules } from './check-links.ts';
import { numberRules } from './check-numbers.ts';
import { optionRules } from './check-options.ts';
import { propertyRules } from './check-properties.ts';
import { placeOf, type Rule } from './item.ts';

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
