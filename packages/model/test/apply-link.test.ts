import { describe, expect, it } from 'vitest';
import { applyLink } from '../src/apply-link.ts';
import type { Link } from '../src/estimator.ts';

function linked(link: Link, ...raw: number[]): number[] {
  const out = new Float64Array(link === 'logistic' ? 2 : raw.length);
  const row = { raw: Float64Array.from(raw), rawStart: 0, rawCount: raw.length, out, outStart: 0 };
  applyLink(link, row);
  return [...out];
}

describe('applyLink', () => {
  it('leaves raw scores as they are by identity', () => {
    expect(linked('identity', 3, -2)).toEqual([3, -2]);
  });

  it('turns log odds into the probabilities of both classes', () => {
    expect(linked('logistic', 0)).toEqual([0.5, 0.5]);
    expect(linked('logistic', Math.log(3))[1]).toBeCloseTo(0.75, 15);
    expect(linked('logistic', -Math.log(3))[1]).toBeCloseTo(0.25, 15);
  });

  it('keeps the digits of the smaller probability, however small', () => {
    expect(linked('logistic', 100)).toEqual([expect.closeTo(3.720075976020836e-44, 58), 1]);
    expect(linked('logistic', -100)).toEqual([1, expect.closeTo(3.720075976020836e-44, 58)]);
    expect(linked('logistic', 1e9)).toEqual([0, 1]);
    expect(linked('logistic', -Infinity)).toEqual([1, 0]);
  });

  it('turns log weights into shares, without overflow', () => {
    const [a, b, c] = linked('softmax', Math.log(1), Math.log(2), Math.log(5)) as [
      number,
      number,
      number,
    ];
    expect(a).toBeCloseTo(1 / 8, 14);
    expect(b).toBeCloseTo(2 / 8, 14);
    expect(c).toBeCloseTo(5 / 8, 14);
    expect(linked('softmax', 1000, 1000, -1000)).toEqual([0.5, 0.5, 0]);
  });

  it('reads and writes at the offsets it is given', () => {
    const out = new Float64Array(4);
    applyLink('identity', {
      raw: Float64Array.of(1, 2, 3),
      rawStart: 1,
      rawCount: 2,
      out,
      outStart: 2,
    });
    expect([...out]).toEqual([0, 0, 2, 3]);
  });
});
