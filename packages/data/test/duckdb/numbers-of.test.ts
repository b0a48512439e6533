import { DuckDBInstance, type DuckDBVector } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../src/duckdb/numbers-of.ts';

/** The vectors of a query's first chunk. */
async function vectorsOf(sql: string): Promise<DuckDBVector[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const chunk = await (await connection.stream(sql)).fetchChunk();
  return Array.from({ length: chunk!.columnCount }, (_, i) => chunk!.getColumnVector(i));
}

describe('numbersOf', () => {
  it('has the cells of a vector, whether or not the binding shows its array', async () => {
    const vectors = await vectorsOf(
      `SELECT (i / 3)::DOUBLE, (i - 2)::INTEGER, (i * 51)::UTINYINT FROM range(6) AS r(i)`,
    );
    for (const vector of vectors) {
      const cells = Array.from({ length: vector.itemCount }, (_, i) => vector.getItem(i));
      expect(cells).toHaveLength(6);
      expect(Array.from(numbersOf(vector))).toEqual(cells);
      const hidden = { itemCount: vector.itemCount, getItem: (i: number) => vector.getItem(i) };
      expect(Array.from(numbersOf(hidden as DuckDBVector))).toEqual(cells);
    }
  });

  it('knows the array of the binding that is installed', async () => {
    const vectors = await vectorsOf(`SELECT 1::DOUBLE, 1::INTEGER, 1::UTINYINT`);
    const kinds = vectors.map((vector) => numbersOf(vector).constructor);
    expect(kinds).toEqual([Float64Array, Int32Array, Uint8Array]);
  });
});
