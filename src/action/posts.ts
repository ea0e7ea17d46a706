import { info, summary } from '@actions/core';
import { readFile } from 'node:fs/promises';
import { markerText } from '../report/media/escape.ts';
import { ask, Unanswered, type Github, type Post } from './github.ts';
import type { Settings } from './settings.ts';

/** What a hidden marker says a post of this action is. */
export type Kind = 'plan' | 'diff' | 'validate' | 'apply' | 'snapshot';

const MARKER = /^<!-- zoho-fields (\w+) (?:name="[^"]*" )?manifest="[^"]*"/u;

/** The start of the hidden first line, by which a post is found again. */
function startOf(kind: string, { manifest, name }: Settings): string {
  const organisation = name === '' ? '' : `name="${name}" `;
  return `<!-- zoho-fields ${kind} ${organisation}manifest="${markerText(manifest)}"`;
}

/** A text of this action's own with its marker. */
export function withMarker(kind: Kind, text: string, settings: Settings): string {
  return `${startOf(kind, settings)} -->\n\n${text}\n`;
}

/** A report of the command, with the organisation's name in its marker; `undefined` where none was written. */
export async function readReport(path: string, settings: Settings): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text === '' ? undefined : text.replace(MARKER, (_, kind: string) => startOf(kind, settings));
}

/** The newest post of this action about the same manifest and organisation. */
export function findPost(
  posts: readonly Post[],
  kinds: readonly Kind[],
  settings: Settings,
): Post | undefined {
  const starts = kinds.map((kind) => startOf(kind, settings));
  return posts.findLast(
    ({ author, body }) => author === settings.author && starts.some((start) => body.startsWith(start)),
  );
}

/** The digest of the plan that a post shows. */
export function digestOf(post: Post | undefined): string | undefined {
  return /^<!-- [^\n>]* digest="([0-9a-f]{64})"/u.exec(post?.body ?? '')?.[1];
}

/** An edit in a browser leaves other line ends behind, where nothing else was changed. */
export function saysTheSame(post: Post, body: string): boolean {
  return post.body.replaceAll('\r\n', '\n').trim() === body.trim();
}

/** Puts a text onto the page of the run. */
export async function summarise(text: string | undefined): Promise<void> {
  if (text !== undefined) await summary.addRaw(text).write();
}

/**
 * Keeps one comment: updates this action's own, or writes the first one.
 *
 * A pull request from a fork gets a token that may only read; the page of the run has the report all the same.
 * @param kinds of which the comment may be that is updated.
 * @param quiet leaves a first comment away: where there is nothing to say, only an older one has to be corrected.
 */
export async function keepComment(
  github: Github,
  thread: number,
  kinds: readonly Kind[],
  body: string,
  settings: Settings,
  quiet = false,
): Promise<void> {
  try {
    // Looked for again before each try: a comment whose answer was lost is there.
    await ask('keep a comment', async () => {
      const old = findPost(await github.comments(thread), kinds, settings);
      if (old === undefined) {
        if (!quiet) await github.writeComment(thread, body);
      } else if (!saysTheSame(old, body)) {
        await github.changeComment(old.id, body);
      }
    });
  } catch (error) {
    if (!(error instanceof Unanswered) || ![403, 404].includes(error.status)) throw error;
    info('zoho-fields: the token may not comment here, so the report is only on the page of this run.');
  }
}
