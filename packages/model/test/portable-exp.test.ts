import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { portableExp } from '../src/portable-exp.ts';

/** How many doubles lie between two positive doubles. */
function unitsApart(a: number, b: number): number {
  const bits = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(bits[0]! - bits[1]!));
}

describe('portableExp', () => {
  it('stays within one unit in the last place of the engine it runs on, over the whole range', () => {
    const random = createRandom(7);
    for (let i = 0; i < 200_000; i++) {
      const x = -745 + random.nextFloat() * (709.78 + 745);
      expect(unitsApart(portableExp(x), Math.exp(x))).toBeLessThanOrEqual(1);
    }
  });

  it('gives the same bits as when it was written', () => {
    const inputs = [1, -1, 0.1, -0.3465735902799727, 10, -37.5, 700.25, -708.4, -744.9];
    const text = [...new BigUint64Array(Float64Array.from(inputs, portableExp).buffer)];
    expect(text.map((bits) => bits.toString(16))).toMatchInlineSnapshot(`
      [
        "4005bf0a8b14576a",
        "3fd78b56362cef38",
        "3ff1aec7b35a00d4",
        "3fe6a09e667f3bcc",
        "40d5829dcf950560",
        "3c8dd5c566301ec8",
        "7f12fd8e4cbfa413",
        "ff15b469edf89",
        "1",
      ]
    `);
  });

  it('is exact at zero and saturates at both ends', () => {
    expect(portableExp(0)).toBe(1);
    expect(portableExp(-0)).toBe(1);
    expect(portableExp(-Infinity)).toBe(0);
    expect(portableExp(-746)).toBe(0);
    expect(portableExp(-745.13)).toBe(Number.MIN_VALUE);
    expect(portableExp(709.79)).toBe(Infinity);
    expect(portableExp(709.78)).toBeLessThan(Infinity);
    expect(portableExp(Infinity)).toBe(Infinity);
    expect(portableExp(NaN)).toBeNaN();
  });
});
