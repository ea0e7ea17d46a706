import { describe, expect, it } from 'vitest';
import { gistOf, likeness } from '../../../src/plan/lookalikes.ts';

const apart = (a: string, b: string): number | undefined => likeness(gistOf(a), gistOf(b));

describe('what is remembered of a name', () => {
  it.each([
    ['Renewal_Date', 'renewaldate', '', ''],
    ["Pays d'Origine", 'paysdorigine', '', ''],
    ['Größe', 'große', '', ''],
    ['Café №', 'cafeno', '', ''],
    ['Ｗｉｄｅ', 'wide', '', ''],
    ['Line 12', 'line', '12', ''],
    ['Q1 Goal 2', 'q1goal', '2', '1'],
    ['A1B2C', 'a1b2c', '', '12'],
    ['2024', '2024', '', '2024'],
    ['', '', '', ''],
    ['_?', '', '', ''],
    ['商談 3', '商談', '3', ''],
  ])('of %j is %j, with %j behind it and %j in it', (name, stem, tail, digits) => {
    expect(gistOf(name)).toEqual({ stem: stem.normalize('NFKD'), tail, digits });
  });

  it.each([
    ['companies', 'company'],
    ['cries', 'cry'],
    ['ties', 'tie'],
    ['boxes', 'box'],
    ['axes', 'axe'],
    ['classes', 'class'],
    ['buzzes', 'buzz'],
    ['batches', 'batch'],
    ['dishes', 'dish'],
    ['houses', 'hous'],
    ['dates', 'date'],
    ['rows', 'row'],
    ['gas', 'gas'],
    ['class', 'class'],
    ['status', 'status'],
    ['axis', 'axis'],
    ['logos', 'logos'],
    ['lies_in', 'liesin'],
    ['essex', 'essex'],
    ['shoesx', 'shoesx'],
    ['session', 'session'],
    ['rowsy', 'rowsy'],
  ])('of the plural %j is %j', (name, stem) => {
    expect(gistOf(name).stem).toBe(stem);
  });

  it('is the singular of what stands before the digits', () => {
    expect(gistOf('Dates2')).toEqual({ stem: 'date', tail: '2', digits: '' });
  });
});

describe('two names', () => {
  it.each([
    [0, 'Renewal Date', 'renewal_dates'],
    [0, 'Date', 'Date1'],
    [0, 'Date1', 'Date'],
    [0, 'Date2', 'Dates_2'],
    [undefined, 'Date1', 'Date2'],
    [undefined, 'Q1 Goal', 'Q2 Goal'],
    [undefined, 'Q1 Goal', 'Q Goal'],
    [0, 'Risk', 'risk'],
    // Of four letters none may be wrong, of five one, of ten two.
    [undefined, 'Rask', 'Risk'],
    [1, 'Risky', 'Risty'],
    [undefined, 'Risky', 'Rasty'],
    [1, 'Riskyabcd', 'Ristyabcd'],
    [undefined, 'Riskyabcd', 'Rastyabcd'],
    [2, 'Riskyabcde', 'Rastyabcde'],
    [undefined, 'Riskyabcde', 'Rastyabcdf'],
    [undefined, 'Risk', 'Risky'],
    [1, 'Risky', 'Riskya'],
    [undefined, 'Risky', 'Riskyab'],
    [1, 'Riskya', 'Risky'],
    [undefined, 'Riskyab', 'Risky'],
    [2, 'Riskyabcde', 'Riskyabcdefg'],
    [undefined, 'Riskyabcde', 'Riskyabcdefgh'],
    [undefined, 'Billing', 'Willing'],
  ])('are %s apart: %j and %j', (distance, a, b) => {
    expect(apart(a, b)).toBe(distance);
    expect(apart(b, a)).toBe(distance);
  });
});

it('texts far longer than any label are not searched for slips of typing', () => {
  const long = 'x'.repeat(1000);
  expect([apart(long, `${long}y`), apart(long, long)]).toEqual([undefined, 0]);
});
