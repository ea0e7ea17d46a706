import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';

/**
 * Under which label a field must be created so that it gets its declared API name in every Zoho.
 *
 * Zoho's sources disagree on whether `api_name` in the create body counts (sheet §3.6). Where it does not, Zoho
 * derives the name from the label, once and for ever. So a label is sent at creation only where it certainly
 * derives to the declared name; any other field is created under its API name as label, which derives to itself,
 * and gets its real label by a later PATCH, which never touches the API name. Where a probe has shown that `api_name`
 * counts (`keepsName`), none of that is needed.
 */
export function labelAtCreation(field: DesiredField): string {
  const label = field.field_label ?? field.api_name;
  if (field.keepsName === true) return label;
  return certainApiName(label) === field.api_name ? label : field.api_name;
}

/** The field as it is to be created where `api_name` does not count after all. */
export function withoutKeptName({ keepsName: _, ...field }: DesiredField): DesiredField {
  return field;
}

/** True for a field that is spared a label for a moment because a probe has shown that names are kept. */
export function restsOnName(field: DesiredField): boolean {
  return labelAtCreation(field) !== labelAtCreation(withoutKeptName(field));
}

/** True where the label has to be set by a PATCH after creation. */
export function needsLabelLater(field: DesiredField): boolean {
  return labelAtCreation(field) !== field.field_label;
}

/** The API name that a field's label makes by itself, so that it needs no other label at creation; where that is certain. */
export function nameOfLabel({ field_label: label }: DesiredField): string | undefined {
  return label === undefined ? undefined : certainApiName(label);
}

/**
 * The API name of a label for which every observed pair agrees (sheet §3.6): words of ASCII letters and digits,
 * parted by single spaces or underscores, starting with a letter. Anything else is left undefined rather than
 * guessed: a wrong guess cannot be undone.
 */
function certainApiName(label: string): string | undefined {
  return /^[A-Za-z][A-Za-z0-9]*([ _][A-Za-z0-9]+)*$/.test(label) ? label.replaceAll(' ', '_') : undefined;
}

/**
 * Where a field waits for its label while another one still holds it. A label that hardly anyone wants; should
 * someone, Zoho refuses it and the read-back tells.
 */
export function labelWhileParked(field: DesiredField): string {
  return `${labelAtCreation(field).slice(0, 40)} (renaming)`;
}

/**
 * The labels under which a live field is found: the one that it was given, and where the token's user sees another one, the
 * translation too, because either may be the one that is held (sheet §2.2).
 */
export function labelsOf({ display_label, field_label }: LiveField): string {
  return `"${display_label}"${field_label === display_label ? '' : `, translated "${field_label}"`}`;
}

/** Zoho's uniqueness of labels and API names is compared without case (sheet §3.5: unknown, so the safe reading). */
export function fold(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
