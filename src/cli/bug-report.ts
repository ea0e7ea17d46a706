import type { Diagnostic } from '../model/diagnostic.ts';
import type { Io } from './io.ts';
import { readSettings } from './settings.ts';
import { VERSION } from './version.ts';

/** Settings whose values must never be printed. */
const SECRET_SETTINGS = ['ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'] as const;

/**
 * A bug of ours, told as one: everything that helps to find it, and no secret.
 *
 * Only the error's own text and stack are shown, never its properties: those of a foreign error may hold a request.
 */
export function bugReport(
  error: unknown,
  io: Io,
): { readonly diagnostics: readonly Diagnostic[]; readonly report: string } {
  const secrets = secretValues(io);
  const message = redact(error instanceof Error ? error.message : String(error), secrets);
  const stack = redact(error instanceof Error ? (error.stack ?? '') : '', secrets);
  return {
    diagnostics: [
      {
        severity: 'error',
        code: 'bug',
        message: `This is a bug in zoho-fields ${VERSION}, not a mistake of yours: ${message}`,
        remedy:
          'Please report it with the lines below; they hold no credentials. Run "zoho-fields plan" to see what is there.',
      },
    ],
    report: `zoho-fields ${VERSION}, Node ${process.version}, ${process.platform}\n${stack}\n`,
  };
}

/** Whole values first, then everything that has the form of a Zoho token (sheet §1.2). */
function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, '[redacted]');
  return clean.replaceAll(/\b1000\.[0-9A-Za-z.]{8,}/g, '[redacted]');
}

function secretValues(io: Io): readonly string[] {
  try {
    const settings = readSettings(io, undefined);
    return SECRET_SETTINGS.flatMap((name) => settings.get(name)?.value ?? []).filter(
      (value) => value.length >= 4,
    );
  } catch {
    return SECRET_SETTINGS.flatMap((name) => io.env[name] ?? []).filter((value) => value.length >= 4);
  }
}
