/** A field as a request or an answer tells it. */
export type FieldTold = Readonly<Record<string, unknown>>;

/**
 * Invariant I11, judged by what went over the wire: a label is set only of a field that was not there before anything was
 * created, and that a read after its creation was sent has shown as it was sent: of that type, under that label.
 */
export class ShownAsOurs {
  readonly #sent = new Set<string>();
  readonly #before = new Set<string>();
  readonly #ours = new Set<string>();

  /** Fields of a creation that leaves. */
  sent(fields: readonly FieldTold[]): void {
    for (const field of fields) this.#sent.add(key(field['data_type'], field['field_label']));
  }

  /** Fields of an answer to a read. */
  shown(fields: readonly FieldTold[]): void {
    for (const field of fields) {
      const id = String(field['id']);
      const labels = [field['field_label'], field['display_label']];
      if (this.#sent.size === 0) this.#before.add(id);
      else if (
        !this.#before.has(id) &&
        labels.some((label) => this.#sent.has(key(field['data_type'], label)))
      )
        this.#ours.add(id);
    }
  }

  has(id: string): boolean {
    return this.#ours.has(id);
  }
}

/** Labels are compared as Zoho compares them. */
function key(type: unknown, label: unknown): string {
  return `${String(type)} ${String(label).trim().normalize('NFC').toLowerCase()}`;
}

/** The fields of a body or an answer that is a list of fields; none where it is anything else. */
export function fieldsTold(text: string): readonly FieldTold[] {
  if (!text.includes('"fields":[')) return [];
  try {
    const { fields } = JSON.parse(text.replace(/^\uFEFF/, '')) as { fields?: unknown };
    return Array.isArray(fields)
      ? fields.filter((one): one is FieldTold => typeof one === 'object' && one !== null)
      : [];
  } catch {
    return [];
  }
}
