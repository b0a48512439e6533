import { createRandom } from '@gnu-mlops/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileKernels } from '../../src/kernels/compile-kernels.ts';
import { createKernelSource, openKernels } from '../../src/kernels/open-kernels.ts';
import { PLAIN, PRODUCT_ROWS, SCALED, SUMS, WIDTH } from '../../src/kernels/products-layout.ts';
import { openProducts, wholeColumns } from '../../src/linear/open-products.ts';
import { createPace } from '../../src/pace.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const width = 12;
const columnBytes = width * PRODUCT_ROWS * 8;
const addresses = { plain: 64, scaled: 64 + columnBytes, sums: 64 + 2 * columnBytes };

describe('sumProducts in WebAssembly and its TypeScript twin', () => {
  it.each(['scaled', 'plain'] as const)('write the same bytes: products with %s', async (other) => {
    const module = await compileKernels();
    expect(module).toBeDefined();
    const twins = [module, undefined].map((code) =>
      openKernels(createKernelSource(addresses.sums + width * width * 8, code)),
    );
    for (const { kernels, memory } of twins) {
      const { doubles, unsigned } = memory;
      unsigned[PLAIN >>> 2] = addresses.plain;
      unsigned[SCALED >>> 2] = addresses[other];
      unsigned[SUMS >>> 2] = addresses.sums;
      unsigned[WIDTH >>> 2] = width;
      const random = createRandom(5);
      for (let at = addresses.plain / 8; at < addresses.sums / 8; at++) {
        doubles[at] = random.nextNormal() * 10 ** random.nextInt(9);
      }
      for (const [from, to] of [
        [0, 4],
        [4, 12],
        [8, 12],
      ] as const) {
        kernels.sumProducts(0, from, to);
      }
    }
    const [wasm, script] = twins;
    expect(Buffer.compare(wasm!.memory.bytes, script!.memory.bytes)).toBe(0);
    const { doubles } = wasm!.memory;
    const first = doubles[addresses.sums / 8]!;
    const expected = Array.from(
      { length: PRODUCT_ROWS },
      (_, row) => doubles[addresses.plain / 8 + row]! * doubles[addresses[other] / 8 + row]!,
    ).reduce((sum, product) => sum + product, 0);
    expect(first / expected).toBeCloseTo(1, 12);
  });
});

it.each([300, 5000])('the products over %i rows are alike without WebAssembly', async (rows) => {
  const random = createRandom(9, rows);
  const numbers = () => Float64Array.from({ length: rows }, () => random.nextNormal());
  const columns = { ...wholeColumns(Array.from({ length: 21 }, numbers)), weights: numbers() };
  const pace = createPace(undefined);
  const products = async () => (await openProducts(columns, pace))(columns);
  const found = await products();
  vi.stubGlobal('WebAssembly', undefined);
  expect(await products()).toEqual(found);
});
