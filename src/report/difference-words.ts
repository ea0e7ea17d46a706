import { compareOptions } from '../diff/compare-options.ts';
import type { Difference } from '../model/plan.ts';
import { contrasted } from './media/contrast.ts';
import { data, shorten, type Words } from './media/document.ts';
import { keyWords } from './media/words.ts';
import { differingOptions } from './media/option-words.ts';

/** What a declared key and a live one differ in, with both values; of options only those that differ. */
export function differenceWords({ key, want, live, permanent }: Difference): Words {
  if (key === 'pick_list_values') {
    return [`${keyWords(key)}: `, ...differingOptions(compareOptions(live, want))];
  }
  const [declared, found] = contrasted(key, want, live);
  return [
    `${keyWords(shorten(key, 60))}: manifest `,
    data(declared, 300),
    ', Zoho ',
    data(found, 300),
    ...(permanent ? [' (permanent)'] : []),
  ];
}
