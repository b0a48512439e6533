import { describe, expect, it } from 'vitest';
import {
  choice,
  count,
  flag,
  list,
  real,
  text,
  versionNumber,
  whole,
} from '../../src/wire/field.ts';

describe('text', () => {
  it('is text only', () => {
    expect(text.read('', 'a')).toBe('');
    expect(() => text.read(31, 'run_id')).toThrow(
      "Invalid value 31 for parameter 'run_id' supplied",
    );
    expect(() => text.read({ a: 1 }, 'x')).toThrow(`Invalid value {"a":1} for parameter 'x'`);
  });
});

describe('whole', () => {
  it.each([
    [7, 7],
    ['7', 7],
    ['-3', -3],
    [7.0, 7],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('reads %j', (sent, read) => {
    expect(whole.read(sent, 'step')).toBe(read);
  });

  it.each(['foo', '', '1.5', 1.5, '9007199254740993', null, true, NaN])('refuses %j', (sent) => {
    expect(() => whole.read(sent, 'step')).toThrow("for parameter 'step' supplied");
  });
});

describe('real', () => {
  it.each([
    [1.5, 1.5],
    ['1.5e3', 1500],
    ['-Infinity', -Infinity],
    ['Infinity', Infinity],
    ['NaN', NaN],
    ['.5', 0.5],
  ])('reads %j', (sent, read) => {
    expect(real.read(sent, 'value')).toBe(read);
  });

  it.each(['', 'one', '0x10', ' 1', [], null])('refuses %j', (sent) => {
    expect(() => real.read(sent, 'value')).toThrow("for parameter 'value' supplied");
  });
});

describe('flag', () => {
  it('reads truth values and their words', () => {
    expect([true, 'true', 'True', false, 'FALSE'].map((sent) => flag.read(sent, 'a'))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(() => flag.read('yes', 'archive')).toThrow("It must be 'true' or 'false'.");
  });
});

describe('count', () => {
  it('goes from 1 to its limit', () => {
    expect(count(5).read('5', 'max_results')).toBe(5);
    for (const sent of [0, 6, -1]) {
      expect(() => count(5).read(sent, 'max_results')).toThrow(
        `Invalid value ${sent} for parameter 'max_results' supplied: It must be from 1 to 5.`,
      );
    }
  });
});

describe('choice', () => {
  const colour = choice<'red' | 'blue'>({ RED: 'red', BLUE: 'blue', 1: 'red', 2: 'blue' });

  it('reads a word or its number', () => {
    expect([colour.read('RED', 'c'), colour.read(2, 'c'), colour.read('1', 'c')]).toEqual([
      'red',
      'blue',
      'red',
    ]);
  });

  it.each(['GREEN', 3, 'constructor', '__proto__'])('refuses %j and names the words', (sent) => {
    expect(() => colour.read(sent, 'c')).toThrow('It must be one of RED, BLUE.');
  });
});

describe('versionNumber', () => {
  it('is a whole number as text', () => {
    expect(versionNumber.read('12', 'version')).toBe('12');
    expect(() => versionNumber.read('latest', 'version')).toThrow(
      "Parameter 'version' must be an integer, got 'latest'.",
    );
  });
});

describe('list', () => {
  it('names the item that is wrong', () => {
    expect(list(whole).read([1, '2'], 'ids')).toEqual([1, 2]);
    expect(() => list(whole).read([1, 'x'], 'ids')).toThrow("parameter 'ids[1]' supplied");
    expect(() => list(whole).read('foo', 'ids')).toThrow(
      `Invalid value "foo" for parameter 'ids' supplied`,
    );
  });
});
