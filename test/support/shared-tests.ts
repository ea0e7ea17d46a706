import { format } from 'node:util';
import type { EmulatorOptions } from '../../src/emulator/start.ts';
import type { Stage, Story } from './story.ts';

/** Opens a story: an organisation, a folder, and a way to run the command. */
export type Open = (options?: EmulatorOptions) => Promise<Story>;

/** What a story may ask of the place where it is told. */
export interface Needs {
  /** Why it can only be told by a process of its own, in words. */
  readonly process?: string;
  /** Its waits have to pass in earnest, because something happens meanwhile. */
  readonly realTime?: boolean;
}

/**
 * A stage on which commands run inside this process. Settling for longer than any lag of a position costs nothing, as
 * waiting takes no time here. What unpacks a large answer shares this process with many stories, so only those that wait
 * for an answer which never comes set a time-out.
 */
export async function insideStage({ realTime = false }: Needs): Promise<Stage> {
  const { makeInsideWorkspace } = await import('./run-inside.ts');
  return {
    switches: {},
    environment: { ZOHO_SETTLE_MS: '1000', ZOHO_TIMEOUT_MS: '300000' },
    makeWorkspace: (zoho) => makeInsideWorkspace(zoho, realTime),
  };
}

/** One story, told as often as someone opens an organisation for it. */
export interface Told {
  readonly name: string;
  readonly needs: Needs;
  readonly tell: (stage: { readonly open: Open }) => Promise<void>;
}

/** Stories about one thing, for real processes and for the matrix of switches alike. */
export interface Chapter {
  readonly title: string;
  readonly sections: readonly { readonly name: string; readonly stories: readonly Told[] }[];
}

type Tell = Told['tell'];

/** Collects stories in the words of a test file. */
interface Collect {
  (name: string, tell: Tell, needs?: Needs): void;
  /** One story for each row; `$key` in the name is the row's, `%s` the row itself. */
  for<const R>(
    rows: readonly R[],
  ): (name: string, tell: (row: R, stage: Parameters<Tell>[0]) => Promise<void>, needs?: Needs) => void;
}

/** A chapter that is written by calling `describe` and `it`. */
export function openChapter(title: string): {
  readonly chapter: Chapter;
  readonly describe: (name: string, write: () => void) => void;
  readonly it: Collect;
} {
  const sections: { readonly name: string; readonly stories: Told[] }[] = [];
  const add = (name: string, tell: Tell, needs: Needs = {}): void => {
    sections.at(-1)?.stories.push({ name, tell, needs });
  };
  return {
    chapter: { title, sections },
    describe: (name, write) => {
      sections.push({ name, stories: [] });
      write();
    },
    it: Object.assign(add, {
      for:
        <R>(rows: readonly R[]) =>
        (name: string, tell: (row: R, stage: Parameters<Tell>[0]) => Promise<void>, needs?: Needs): void => {
          for (const row of rows) add(titled(name, row), (stage) => tell(row, stage), needs);
        },
    }),
  };
}

/** As the test runner would name it. */
function titled(template: string, row: unknown): string {
  const keys = typeof row === 'object' && row !== null ? (row as Readonly<Record<string, unknown>>) : {};
  const filled = template.replaceAll(/\$(\w+)/g, (whole, key: string) =>
    Object.hasOwn(keys, key) ? String(keys[key]) : whole,
  );
  return /%[sij]/.test(filled) ? format(filled, row) : filled;
}
