import { describe, expect, it } from 'vitest';
import { murmurHash } from '../../src/murmur-hash.ts';
import { tokenize } from '../../src/tokenize.ts';
import { runSteps } from '../run-step.ts';
import { categorical, text } from '../tiny-table.ts';

describe('tokenize', () => {
  it('finds words of two or more letters of any script, in lower case', () => {
    expect(tokenize("Don't PANIC, a_b 42 é 東京 x")).toEqual(['don', 'panic', 'a_b', '42', '東京']);
  });
});

describe('murmurHash', () => {
  it('is MurmurHash3 of UTF-8, signed', () => {
    // Of scikit-learn's murmurhash3_32, seed 0.
    expect(['', 'a', 'ab', 'abc', 'abcd', 'hello', '東京'].map(murmurHash)).toEqual([
      0, 1009084850, -1681926305, -1277324294, 1139631978, 613153351, -1765863102,
    ]);
  });
});

describe('tfidf', () => {
  it('weighs words by how rare they are; unknown words and missing texts weigh nothing', () => {
    const { later, dropped } = runSteps([{ kind: 'tfidf', columns: ['x', 'y'] }], {
      train: { x: text('red car', 'red', null), y: text('a', '', '?') },
      test: { x: text('red red', 'blue', null, 'car red'), y: text('', '', '', '') },
    });
    const car = Math.log(4 / 2) + 1;
    const red = Math.log(4 / 3) + 1;
    const length = Math.hypot(car, red);
    expect(later).toEqual({
      'x:car': [0, 0, 0, expect.closeTo(car / length, 12)],
      'x:red': [1, 0, 0, expect.closeTo(red / length, 12)],
    });
    expect(dropped).toEqual(['y']);
  });

  it('keeps the most frequent words that are in enough rows', () => {
    const train = { x: text('aa bb cc', 'bb cc', 'cc dd dd dd') };
    const names = (limits: object) =>
      Object.keys(runSteps([{ kind: 'tfidf', columns: ['x'], ...limits }], { train }).later);
    expect(names({ maxWords: 2 })).toEqual(['x:cc', 'x:dd']);
    expect(names({ minRows: 2 })).toEqual(['x:bb', 'x:cc']);
  });
});

describe('hash_text', () => {
  it('gives the same columns however the texts are held; rows have length 1', () => {
    const cells = ['some words here', null, 'some', 'some words here'];
    const steps = [{ kind: 'hash_text', columns: ['x'], features: 4 }] as const;
    const { later } = runSteps(steps, { train: { x: text(...cells) } });
    expect(runSteps(steps, { train: { x: categorical(...cells) } }).later).toEqual(later);
    const lengths = cells.map((_, row) =>
      Math.hypot(...Object.values(later).map((column) => column[row] as number)),
    );
    expect(lengths).toEqual([1, 0, 1, 1].map((length) => expect.closeTo(length, 12)));
  });
});
