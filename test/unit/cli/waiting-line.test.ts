import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WaitingLine } from '../../../src/cli/waiting-line.ts';

const SHOWN = (text: string): string => `\r\u001B[K${text}`;
const CLEARED = '\r\u001B[K';

/** A terminal of so many columns, and the line on it. */
function screen(columns = 80) {
  const written: string[] = [];
  const terminal = { write: (text: string) => void written.push(text), isTTY: true, columns };
  const line = new WaitingLine(terminal);
  return { line, stdout: line.around(terminal), since: () => written.splice(0) };
}

describe('what a silent command waits for', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is told after half a second, and gone when it is over', () => {
    const { line, since } = screen();
    const over = line.begin('Reading Deals');
    vi.advanceTimersByTime(499);
    expect(since()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(since()).toEqual([SHOWN('Reading Deals …')]);
    over();
    over();
    vi.advanceTimersByTime(10_000);
    expect(since()).toEqual([CLEARED]);
  });

  it('is not told where it was short', () => {
    const { line, since } = screen();
    for (let time = 0; time < 9; time += 1) {
      const over = line.begin('Reading Deals');
      vi.advanceTimersByTime(400);
      over();
      vi.advanceTimersByTime(400);
    }
    expect(since()).toEqual([]);
  });

  it('is told at once where waits follow each other without a word', () => {
    const { line, since } = screen();
    const token = line.begin('Asking for an access token');
    vi.advanceTimersByTime(400);
    token();
    const fields = line.begin('Reading Deals');
    vi.advanceTimersByTime(100);
    expect(since()).toEqual([SHOWN('Reading Deals …')]);
    fields();
    line.begin('Reading Leads');
    expect(since()).toEqual([CLEARED, SHOWN('Reading Leads …')]);
  });

  it('is told in the words of the outer one of two, then of the other', () => {
    const { line, since } = screen();
    const batch = line.begin('Creating batch 2 of 9 in Deals');
    const request = line.begin('Creating fields in Deals');
    vi.advanceTimersByTime(500);
    expect(since()).toEqual([SHOWN('Creating batch 2 of 9 in Deals …')]);
    batch();
    expect(since()).toEqual([CLEARED, SHOWN('Creating fields in Deals …')]);
    request();
    expect(since()).toEqual([CLEARED]);
  });

  it('makes room for what is printed, and comes again after another half second', () => {
    const { line, stdout, since } = screen();
    line.begin('Settling');
    vi.advanceTimersByTime(500);
    stdout.write('one line\n');
    vi.advanceTimersByTime(499);
    expect(since()).toEqual([SHOWN('Settling …'), CLEARED, 'one line\n']);
    vi.advanceTimersByTime(1);
    expect(since()).toEqual([SHOWN('Settling …')]);
  });

  it('never stands behind a line that is not complete', () => {
    const { line, stdout, since } = screen();
    stdout.write('half a ');
    line.begin('Settling');
    vi.advanceTimersByTime(5000);
    stdout.write('line\n');
    vi.advanceTimersByTime(500);
    expect(since()).toEqual(['half a ', 'line\n', SHOWN('Settling …')]);
  });

  it('fits the screen with one column to spare', () => {
    const { line, since } = screen(20);
    line.begin('Reading a module of a very long name');
    vi.advanceTimersByTime(500);
    expect(since().map((text) => text.length - CLEARED.length <= 19)).toEqual([true]);
  });
});
