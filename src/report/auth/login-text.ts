import { visible } from '../../model/visible.ts';
import { asTyped, keyed, wrap, type Look } from '../media/layout.ts';
import { plainText, listed } from '../media/document.ts';

/** What someone should know before they begin. */
export function welcomeText(file: string, { style, width }: Look): string {
  return block([
    style.bold('Log in to Zoho CRM'),
    ...wrap(
      'Five minutes from nothing to working credentials. You need a browser and a Zoho CRM user who may customise, usually an administrator. ' +
        `What you give here goes into ${visible(file)} and to Zoho, nowhere else.`,
      width,
      0,
    ),
    ...wrap('Stop at any time with Ctrl-C; the same command goes on from there.', width, 0),
  ]);
}

/** The same for a rehearsal. */
export function rehearsalText(file: string, { style, width }: Look): string {
  return block([
    style.bold('A rehearsal of the login, with the built-in Zoho'),
    ...wrap(
      `The questions are those of a login with Zoho CRM. What you give here stays on this computer, nothing is written to ${visible(file)}, and nothing is read from it. Stop at any time with Ctrl-C.`,
      width,
      0,
    ),
  ]);
}

/** What is configured already and therefore not asked. */
export function knownText(name: string, value: string, origin: string, { style }: Look): string {
  return `${style.dim(`${name}: ${visible(value)} (${visible(origin)})`)}\n`;
}

/** Where client id and client secret come from. */
export function clientText(consoleUrl: string, { style, width }: Look): string {
  return block([
    style.bold('Client'),
    ...steps(
      [
        `Open ${consoleUrl} and sign in as the user this tool is to act for.`,
        'Choose "Self Client". If it is not in the list: "Add Client" (or "Get Started"), "Self Client", "Create", "OK".',
        'Open its tab "Client Secret". Copy both values from there.',
      ],
      width,
    ),
  ]);
}

/** A remark between two questions. */
export function remarkText(text: string, { width }: Look): string {
  return `${wrap(text, width, 0).join('\n')}\n`;
}

/** What has to be known for the code. */
interface CodeGuide {
  readonly consoleUrl: string;
  readonly environment: string;
  /** The line to paste. */
  readonly scopes: string;
  readonly reasons: readonly { readonly scope: string; readonly reason: string; readonly commands: string }[];
  /** The scopes of the older guide, which do as well. */
  readonly guide: string;
}

/** Where the code comes from, what to paste, which duration, and why each scope. */
export function codeText(guide: CodeGuide, { style, width }: Look): string {
  const where =
    guide.environment === 'production'
      ? 'your production organisation'
      : `your ${guide.environment} organisation`;
  return block([
    style.bold('Code'),
    'What is asked for, and why:',
    ...guide.reasons.flatMap(({ scope, reason, commands }) =>
      keyed(scope.replace('ZohoCRM.', ''), `${reason} (${commands})`, width, 2, 32),
    ),
    ...wrap(`The three of the older guide do as well: ${guide.guide}`, width, 0),
    '',
    ...steps(
      [`Open ${guide.consoleUrl}, "Self Client", tab "Generate Code".`, '"Scope": paste this line:'],
      width,
    ),
    '',
    // Neither indented nor wrapped: a terminal that breaks it itself still copies it as one line.
    guide.scopes,
    '',
    ...steps(
      [
        '"Time Duration": choose 10 minutes, the longest.',
        '"Scope Description": anything, such as zoho-fields.',
        `"Create". If Zoho then asks for a portal, choose CRM and ${where}; "Create" again.`,
        'Copy the code and paste it here within the 10 minutes.',
      ],
      width,
      3,
    ),
  ]);
}

/** What came of it all. */
export interface LoginResult {
  readonly file: string;
  readonly names: readonly string[];
  readonly facts: readonly { readonly key: string; readonly text: string }[];
  readonly next: string;
}

export function resultText(result: LoginResult, view: Look): string {
  const written = `Written to ${visible(result.file)}: ${plainText(listed(result.names))}. Every other line is as it was.`;
  return endText('Logged in.', written, result, view);
}

/** What would have come of it all. */
export function rehearsedText(result: LoginResult, view: Look): string {
  const written = `A login with Zoho writes ${plainText(listed(result.names))} to ${visible(result.file)}. This one wrote nothing.`;
  return endText('The rehearsal worked.', written, result, view);
}

function endText(
  title: string,
  written: string,
  { facts, next }: LoginResult,
  { style, width }: Look,
): string {
  return block([
    style.good(title),
    ...facts.flatMap(({ key, text }) => keyed(key, visible(text), width, 2, 15)),
    ...wrap(written, width, 0),
    asTyped(`Next: ${next}`, style),
  ]);
}

/** A paragraph of its own. */
function block(lines: readonly string[]): string {
  return `\n${lines.join('\n')}\n`;
}

function steps(texts: readonly string[], width: number, first = 1): readonly string[] {
  return texts.flatMap((text, index) => keyed(`${index + first}.`, text, width, 2, 3));
}
