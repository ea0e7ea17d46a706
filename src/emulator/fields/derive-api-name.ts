/** The longest API name (sheet §3.3). */
export const API_NAME_LENGTH = 50;

/**
 * The API name that Zoho makes of a label when none is given (sheet §3.6 b): everything outside ASCII letters and
 * digits becomes one underscore, none at the ends, and a name that is taken gets the first free number appended.
 * Labels that begin with a digit or hold nothing usable are on no record; `field` stands in, as Zoho was seen to
 * call one field of a non-Latin label.
 */
export function deriveApiName(label: string, isTaken: (name: string) => boolean): string {
  const words = label.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
  const name = cut(/^[A-Za-z]/.test(words) ? words : `field${words}`, API_NAME_LENGTH);
  if (!isTaken(name)) return name;
  for (let number = 1; ; number += 1) {
    const suffix = String(number);
    const numbered = `${cut(name, API_NAME_LENGTH - suffix.length)}${suffix}`;
    if (!isTaken(numbered)) return numbered;
  }
}

const cut = (name: string, length: number): string => name.slice(0, length).replace(/_$/, '');
