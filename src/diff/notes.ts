import type { KeyChange, Note } from './changes.ts';

/**
 * What a change in the manifest means in Zoho, in words for someone who administers a CRM and has never planned
 * anything. Nothing here depends on an organisation: nobody asked one.
 */

const grave = (code: string, message: string): Note => ({ code, message, grave: true });
const plain = (code: string, message: string): Note => ({ code, message, grave: false });

/** @param other the old API name, where the field was most likely renamed. */
export function notesOnAdded(create: boolean, other: string | undefined): readonly Note[] {
  return [
    ...(other === undefined
      ? []
      : [
          grave(
            'renamed-from',
            `This looks like "${other}" under a new API name. A plan cannot rename a field: Zoho keeps the old one with its data, and refuses a second field with the same label. An API name can only be changed by hand in Zoho, under Setup > Developer Space > APIs > API names.`,
          ),
        ]),
    ...(create
      ? [plain('will-be-created', 'A field that is added is created where Zoho does not have it yet.')]
      : [
          plain(
            'must-exist',
            'A field with "create: false" belongs to someone else: it must exist in Zoho, and is never created.',
          ),
        ]),
  ];
}

/** @param other the new API name, where the field was most likely renamed. */
export function notesOnRemoved(other: string | undefined): readonly Note[] {
  return [
    ...(other === undefined
      ? []
      : [grave('renamed-to', `This looks like the field that is now called "${other}".`)]),
    plain(
      'stays-in-zoho',
      'Nothing is ever deleted in Zoho: a field that is removed here stays there with all its data, and is no longer compared.',
    ),
  ];
}

/** The meaning of all that changed about one field that stays declared. */
export function notesOnChanged(differences: readonly KeyChange[]): readonly Note[] {
  const notes = differences.flatMap((difference) => notesOnKey(difference));
  const touched = differences.some(({ key, permanent }) => !FOR_US_ALONE.has(key) && !permanent);
  return touched ? [...notes, NOT_CHANGED] : notes;
}

const NOT_CHANGED = plain(
  'not-changed-in-zoho',
  'A field that exists already is not changed by this tool: the plan will show what differs, and someone has to change it in Zoho.',
);

/** Keys that say how this tool treats a field, and that Zoho never gets. */
const FOR_US_ALONE: ReadonlySet<string> = new Set(['create', 'description', 'maps_from']);

/** What a change of one of these keys means, whatever it is. */
const NOTES: ReadonlyMap<string, Note> = new Map([
  [
    'data_type',
    grave(
      'type-is-permanent',
      'Zoho never changes the data type of a field. Where the field exists, this ends in a conflict; a field of the new type needs another API name and another label.',
    ),
  ],
  [
    'maps_from',
    plain(
      'mapped-by-hand',
      'No API sets the mapping of lead conversion: the plan says whether it is there, and an admin sets it in Zoho.',
    ),
  ],
  [
    'description',
    plain('for-people-only', 'A description is for people who read the manifest; Zoho never gets it.'),
  ],
]);

function notesOnKey({ key, after, permanent, options }: KeyChange): readonly Note[] {
  const known = NOTES.get(key);
  if (known !== undefined) return [known];
  if (permanent) {
    const message = `Zoho never changes "${key}" once a field exists. Where the field exists, this ends in a conflict.`;
    return [grave('choice-is-permanent', message)];
  }
  if (key === 'create') {
    return after === false
      ? [
          grave(
            'no-longer-created',
            'From now on the field must exist already: this tool will not create it.',
          ),
        ]
      : [grave('now-created', 'From now on this tool creates the field where it is missing.')];
  }
  if (options === undefined || options.removed.length === 0) return [];
  const message = 'An option that is removed here stays in Zoho, and so do the records that use it.';
  return [plain('options-stay', message)];
}
