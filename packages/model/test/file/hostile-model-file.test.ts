import { type Random, createRandom, isGnuMlopsError } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatModel, parseModel } from '../../src/file/model-file.ts';
import type { TensorValues } from '../../src/file/tensor.ts';
import { predictTable } from '../../src/predict-table.ts';
import { calibratedModels } from '../fixtures/calibrated-models.ts';
import { seal, tamper } from '../fixtures/tamper.ts';
import { tinyCustomers, tinyModels } from '../fixtures/tiny-models.ts';

const table = tinyCustomers();
const originals = [...tinyModels(), ...calibratedModels()].map(
  ([name, model]): [string, Uint8Array] => [name, formatModel(model)],
);

/** Whether the bytes are refused with a coded error; otherwise they hold a model with finite scores. */
function isRefused(bytes: Uint8Array): boolean {
  try {
    const predictions = predictTable(parseModel(bytes), table);
    const outputs =
      predictions.task === 'classification' ? predictions.probabilities : predictions.values;
    expect(outputs.every(Number.isFinite)).toBe(true);
    return false;
  } catch (error) {
    if (!isGnuMlopsError(error)) throw error;
    return true;
  }
}

function flipBits(bytes: Uint8Array, random: Random): Uint8Array {
  const flipped = bytes.slice();
  for (let flips = 1 + random.nextInt(4); flips > 0; flips--) {
    flipped[random.nextInt(flipped.length)]! ^= 1 << random.nextInt(8);
  }
  return flipped;
}

const oddNumbers = [NaN, Infinity, -Infinity, -1, 0, 1, 2, 1e308, 2 ** 31 - 1, -(2 ** 31), 0.5];

describe('a damaged model file', () => {
  it.each(originals)('is refused with a coded error or unharmed, for %s', (_, bytes) => {
    const random = createRandom(21);
    let refused = 0;
    for (let i = 0; i < 1500; i++) refused += Number(isRefused(flipBits(bytes, random)));
    // What is let through changed the header's padding, or nothing.
    expect(refused).toBeGreaterThan(1400);
  });

  it.each(originals)('is refused wherever it is cut short, for %s', (_, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      expect(isRefused(bytes.subarray(0, length))).toBe(true);
    }
  });

  it('is refused when bytes are inserted or left out', () => {
    const random = createRandom(22);
    for (let i = 0; i < 1000; i++) {
      const [, bytes] = originals[random.nextInt(originals.length)]!;
      const from = random.nextInt(bytes.length);
      const gap = random.nextInt(2) === 0 ? 1 : 8;
      const shorter = [bytes.subarray(0, from), bytes.subarray(Math.min(from + gap, bytes.length))];
      const longer = [bytes.subarray(0, from), bytes.subarray(0, gap), bytes.subarray(from)];
      for (const parts of [shorter, longer]) {
        const joined = new Uint8Array(Buffer.concat(parts));
        expect(isRefused(joined)).toBe(true);
      }
    }
  });
});

describe('a forged model file with the right checksum', () => {
  it.each(originals)('is refused or scores finitely when numbers change, for %s', (_, bytes) => {
    const random = createRandom(23);
    const outcomes = new Set<boolean>();
    for (let i = 0; i < 600; i++) {
      const forged = tamper(bytes, ({ tensors }) => {
        const names = [...tensors.keys()];
        const name = names[random.nextInt(names.length)]!;
        const { shape, values } = tensors.get(name)!;
        const at = random.nextInt(values.length);
        const value =
          random.nextInt(2) === 0
            ? oddNumbers[random.nextInt(oddNumbers.length)]!
            : values[random.nextInt(values.length)]!;
        tensors.set(name, { shape, values: values.with(at, value) as TensorValues });
      });
      outcomes.add(isRefused(forged));
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it.each(originals)('is refused or scores finitely when texts change, for %s', (_, bytes) => {
    const random = createRandom(24);
    for (let i = 0; i < 600; i++) {
      const forged = tamper(bytes, ({ metadata }) => {
        const covered = new Set(['format', 'format_version', 'checksum']);
        const names = Object.keys(metadata).filter((name) => !covered.has(name));
        const name = names[random.nextInt(names.length)]!;
        metadata[name] = mutateText(metadata[name]!, random);
      });
      isRefused(forged);
    }
  });

  it('is refused or scores finitely when parts of two models are mixed', () => {
    const parse = (at: number) => tamperable(originals[at]![1]);
    fc.assert(
      fc.property(
        fc.nat(originals.length - 1),
        fc.nat(originals.length - 1),
        fc.array(fc.nat(20), { maxLength: 5 }),
        (a, b, picks) => {
          const mixed = parse(a);
          const other = parse(b);
          for (const pick of picks) {
            const [kind, names] =
              pick % 2 === 0
                ? (['tensors', [...other.tensors.keys()]] as const)
                : (['metadata', Object.keys(other.metadata)] as const);
            const name = names[pick % names.length]!;
            if (kind === 'tensors') mixed.tensors.set(name, other.tensors.get(name)!);
            else mixed.metadata[name] = other.metadata[name]!;
          }
          isRefused(seal(mixed));
        },
      ),
      { seed: 3, numRuns: 600 },
    );
  });
});

function tamperable(bytes: Uint8Array): Parameters<Parameters<typeof tamper>[1]>[0] {
  let contents: Parameters<Parameters<typeof tamper>[1]>[0] | undefined;
  tamper(bytes, (given) => {
    contents = { tensors: new Map(given.tensors), metadata: { ...given.metadata } };
  });
  return contents!;
}

/** Replace a literal, drop a stretch, or double one. */
function mutateText(text: string, random: Random): string {
  const literals = [
    'null',
    '-1',
    '1e400',
    '""',
    '[]',
    '{}',
    'true',
    '"x"',
    '0.5',
    '9007199254740993',
  ];
  const from = random.nextInt(text.length);
  const to = Math.min(text.length, from + 1 + random.nextInt(12));
  switch (random.nextInt(4)) {
    case 0:
      return text.slice(0, from) + text.slice(to);
    case 1:
      return text.slice(0, to) + text.slice(from);
    case 2: {
      const spot = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null/g;
      const found = [...text.matchAll(spot)];
      const match = found[random.nextInt(Math.max(1, found.length))];
      if (match === undefined) return text;
      const literal = literals[random.nextInt(literals.length)]!;
      return text.slice(0, match.index) + literal + text.slice(match.index + match[0].length);
    }
    default:
      return text.slice(0, from) + String.fromCharCode(random.nextInt(128)) + text.slice(from + 1);
  }
}
