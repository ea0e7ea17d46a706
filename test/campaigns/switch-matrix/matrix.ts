import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SwitchName } from '../../../src/emulator/switches.ts';
import type { Chapter, Told } from '../../support/shared-tests.ts';
import { atMost } from './at-most.ts';
import type { Cell, Row } from './cell.ts';
import { DEFAULTS, POSITIONS, type Position } from './position.ts';
import { tableOf } from './table.ts';
import { tellIn } from './tell-in.ts';

/** Stories under way at one time: enough that nobody's waiting is anybody's, few enough that time-outs stay true. */
const AT_ONCE = 8;
const TIME_LIMIT_MS = 15 * 60_000;

/**
 * Tells all stories of these chapters in every position of every switch, and prints what became of them as a table.
 *
 * The row of all defaults shows which switches a story's Zoho ever asked about. In the positions of the others it would
 * see the very same answers, so it is not told there again, unless `ZOHO_FIELDS_MATRIX=all` wants even that.
 */
export function tellEverywhere(chapters: readonly Chapter[]): void {
  const asked = new Map<Told, ReadonlySet<SwitchName>>();
  const rows = new Map<string, Row>();
  const limited = atMost(AT_ONCE);
  const everything = process.env['ZOHO_FIELDS_MATRIX'] === 'all';

  const tellOne = async (told: Told, position: Position): Promise<Cell[number]> => {
    const name = position.moved?.name;
    const known = asked.get(told);
    if (!everything && name !== undefined && known?.has(name) === false) return { told, kind: 'same' };
    const fate = await limited(() => tellIn(position, told));
    if (fate.kind === 'held' && name === undefined) asked.set(told, fate.asked);
    return { told, ...fate };
  };
  const tellRow = async (position: Position): Promise<Row> => {
    const cells = chapters.map(({ sections }) =>
      Promise.all(sections.flatMap(({ stories }) => stories.map((told) => tellOne(told, position)))),
    );
    const row = { name: position.name, cells: await Promise.all(cells) };
    rows.set(row.name, row);
    return row;
  };

  beforeAll(async () => {
    await tellRow(DEFAULTS);
  }, TIME_LIMIT_MS);

  afterAll(() => {
    const order = [DEFAULTS, ...POSITIONS].flatMap(({ name }) => rows.get(name) ?? []);
    process.stdout.write(
      tableOf(
        chapters.map(({ title }) => title),
        order,
      ),
    );
  });

  describe('plan and apply in every position of every switch', () => {
    it('every default', () => {
      const row = rows.get(DEFAULTS.name);
      expect(failuresOf(row)).toEqual([]);
      const ended = row?.cells.flat().filter(({ kind }) => kind === 'ended' || kind === 'same');
      expect(ended, 'stories that are not told to their end anywhere').toEqual([]);
    });

    describe.concurrent('with one switch moved', () => {
      it.for(POSITIONS)('$name', { timeout: TIME_LIMIT_MS }, async (position) =>
        expect(failuresOf(await tellRow(position))).toEqual([]),
      );
    });
  });
}

function failuresOf(row: Row | undefined): readonly string[] {
  if (row === undefined) return ['the row was not told'];
  return row.cells.flat().flatMap((one) => {
    if (one.kind !== 'failed') return [];
    const { error } = one;
    return [`${one.told.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  });
}
