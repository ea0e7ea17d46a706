import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openSpot, type Spot } from '../spot.ts';

/** A folder in which a run was killed that had created a field, and had yet to set its label. */
export interface Interrupted extends Spot {
  /** What the killed run noted. */
  readonly noted: string;
  /** Where it did. */
  readonly journal: string;
  /** The field as it is now. */
  label(): string;
  /** Field and folder as the killed run left them, but for the journal. */
  rewind(): void;
  /** Puts a text in the place of the journal. */
  write(text: string | Uint8Array, mode?: number): void;
}

/** The label that the manifest wishes, and the one that the field has until then. */
export const WISHED = 'margin (in)';
export const LEFT = 'MarginIn';

/** Interrupts a real run; the stories of a file share it, since only the journal makes them differ. */
export async function openInterrupted(): Promise<Interrupted> {
  const spot = await openSpot();
  spot.declare({ [LEFT]: WISHED });
  await spot.kill(['apply', '--yes'], { method: 'PATCH', commit: 'none' });
  const journal = join(spot.state, 'journal.jsonl');
  const deals = spot.zoho.fields('Deals');
  const made = deals.find(LEFT)?.['created_time'] ?? null;
  return {
    ...spot,
    noted: readFileSync(journal, 'utf8'),
    journal,
    label: () => String(deals.find(LEFT)?.field_label),
    rewind: () => {
      deals.edit(LEFT, { field_label: LEFT, display_label: LEFT, created_time: made });
      rmSync(dirname(spot.state), { recursive: true, force: true });
      mkdirSync(spot.state, { recursive: true, mode: 0o700 });
      spot.wire();
    },
    write: (text, mode = 0o600) => writeFileSync(journal, text, { mode }),
  };
}
