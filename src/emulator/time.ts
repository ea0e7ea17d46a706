/** A moment as Zoho writes it: ISO 8601 with the offset of the organisation (sheet §2.3). */
export function zohoTime(milliseconds: number): string {
  return `${new Date(milliseconds - OFFSET_MS).toISOString().slice(0, 19)}-08:00`;
}

/** The organisation's clock stands in Los Angeles, as in Zoho's samples; summer time is left out. */
const OFFSET_MS = 8 * 60 * 60 * 1000;
