import { dig, given, isList, lengthOf, textOf } from '../json.ts';
import { placeOf, type Item, type Rule } from './problem.ts';
import { at, dependentMismatch, featureMissing, invalidData, notAllowed, problem } from './problem.ts';
import type { Problem } from './problem.ts';

/** The longest tooltips (sheet §3.3). */
const TOOLTIP_LENGTHS: Readonly<Record<string, number>> = { static_text: 35, info_icon: 255 };

/** Tooltip, profiles, uniqueness, encryption and the other properties that most types share (sheet §3.3, §5.2). */
export const propertyRules: readonly Rule[] = [
  tooltip,
  profiles,
  uniqueness,
  encryption,
  filterable,
  external,
  (item) =>
    given(item.body, 'hipaa_compliance_enabled') === true && !item.draft.world.organisation.hipaa
      ? featureMissing(placeOf(item, 'hipaa_compliance_enabled'), 'FEATURE_NOT_ENABLED')
      : undefined,
  (item) =>
    given(item.body, 'private') !== undefined && !item.draft.world.organisation.gdpr
      ? featureMissing(placeOf(item, 'private'), 'FEATURE_NOT_ENABLED')
      : undefined,
];

function tooltip(item: Item): Problem | undefined {
  const name = textOf(given(item.body, 'tooltip'), 'name');
  if (name === undefined) return undefined;
  const namePlace = at(item.path, 'tooltip', 'name');
  if (name === 'static_text' && item.dataType.staticText !== true) {
    return dependentMismatch(namePlace, placeOf(item, 'data_type'), { supported_values: ['info_icon'] });
  }
  const most = TOOLTIP_LENGTHS[name] ?? Infinity;
  const value = textOf(given(item.body, 'tooltip'), 'value') ?? '';
  if (lengthOf(value) <= most) return undefined;
  return dependentMismatch(at(item.path, 'tooltip', 'value'), namePlace, { maximum_length: most });
}

/** Profile ids differ per organisation; a foreign one is refused (sheet §3.3). */
function profiles(item: Item): Problem | undefined {
  const sent = given(item.body, 'profiles');
  const known = item.draft.world.profiles.map((profile) => profile.id);
  const foreign = isList(sent)
    ? sent.findIndex((profile) => !known.includes(textOf(profile, 'id') ?? ''))
    : -1;
  return foreign === -1
    ? undefined
    : invalidData(at(item.path, 'profiles', foreign, 'id'), {}, 'Invalid profile id');
}

function uniqueness(item: Item): Problem | undefined {
  if (given(item.body, 'unique') === undefined || item.dataType.unique === true) return undefined;
  return notAllowed(placeOf(item, 'unique'), `unique is not supported for data type ${item.dataTypeName}`);
}

function encryption(item: Item): Problem | undefined {
  if (textOf(given(item.body, 'crypt'), 'mode') !== 'encryption') return undefined;
  const place = placeOf(item, 'crypt');
  if (item.dataType.crypt !== true) {
    return problem('NOT_SUPPORTED', 'encryption is not supported for the data type', { ...place }, 403);
  }
  const isIndexed = given(item.body, 'unique') !== undefined || given(item.body, 'external') !== undefined;
  return isIndexed ? notAllowed(place, 'Indexed field cannot be encrypted') : undefined;
}

function filterable(item: Item): Problem | undefined {
  const returnsText = dig(item.body, 'formula', 'return_type') === 'text';
  const supported = item.dataType.notFilterable !== true && !returnsText;
  if (supported || given(item.body, 'filterable') !== true) return undefined;
  return notAllowed(placeOf(item, 'filterable'), 'filterable is not supported for the data type');
}

/** External ids are single lines, and none of Calls (sheet §3.3). */
function external(item: Item): Problem | undefined {
  if (given(item.body, 'external') === undefined) return undefined;
  if (item.dataTypeName === 'text' && item.module.api_name !== 'Calls') return undefined;
  return notAllowed(placeOf(item, 'external'), 'external field is not supported here');
}
