import { describe, expect, it } from 'vitest';
import { github, type Annotation } from '../../../src/report/media/github.ts';
import { parseCommand } from './judges.ts';

const note = (title: string, more: Partial<Annotation> = {}): Annotation => ({
  level: 'notice',
  title,
  message: 'words',
  file: 'fields.yaml',
  line: 3,
  ...more,
});

describe('annotations', () => {
  it('read back exactly as they were meant', () => {
    const message = '100 % sure: a, b\nsecond line';
    const text = github([note('a: b, c%3A', { message, file: 'my fields, all.yaml', column: 5 })]);
    const command = parseCommand(text.trimEnd());
    expect(text.split('\n')).toHaveLength(2);
    expect(command).toMatchObject({ name: 'notice', data: message });
    expect(Object.fromEntries(command?.properties ?? [])).toEqual({
      file: 'my fields, all.yaml',
      line: '3',
      col: '5',
      title: 'a: b, c%3A',
    });
  });

  it('name no file where the manifest came from standard input', () => {
    expect(github([note('x', { file: '-' })])).toBe('::notice title=x::words\n');
  });

  it('are no more of a level than GitHub shows, and the last one counts the rest', () => {
    const many = Array.from({ length: 25 }, (_, index) => note(`number ${index}`));
    const lines = github([...many, { level: 'notice', title: 'sum', message: 'All.' }])
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('::notice title=sum::All. 17 more are not shown as annotations.');
    const errors = github(many.map((one) => ({ ...one, level: 'error' as const })))
      .trimEnd()
      .split('\n');
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)).toContain('And 16 more');
  });

  it('point as exactly as the place is known', () => {
    expect(github([{ level: 'error', title: 't', message: 'm', file: 'a.yaml' }])).toBe(
      '::error file=a.yaml,title=t::m\n',
    );
    expect(github([note('t')])).toBe('::notice file=fields.yaml,line=3,title=t::words\n');
  });

  it('are all shown where there are just as many as GitHub shows', () => {
    const ten = Array.from({ length: 10 }, (_, index) => note(`number ${index}`));
    expect(github(ten)).not.toContain('more');
    expect(github([...ten, note('one more')])).toContain('title=zoho-fields::And 2 more');
  });

  it('put errors before warnings before notices', () => {
    const text = github([note('n'), note('e', { level: 'error' }), note('w', { level: 'warning' })]);
    expect(text.split('\n').map((line) => line.slice(0, 5))).toEqual(['::err', '::war', '::not', '']);
  });
});
