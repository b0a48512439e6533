import { expect, test } from 'vitest';
import { digestTable } from '../src/digest-table.ts';
import { createSampleTable } from '../src/sample/create-sample-table.ts';
import { sampleSource } from '../src/sample/sample-source.ts';

const sample = { kind: 'churn', rows: 25, seed: 3 } as const;

test('is the generated table, and says what was asked of the generator', async () => {
  const source = sampleSource(sample);
  expect(source).toMatchObject({ uri: 'sample:churn?rows=25&seed=3', sourceType: 'code' });
  const { table } = await source.read();
  expect(digestTable(table)).toBe(digestTable(createSampleTable(sample).table));
});

test('comes in chunks, too', async () => {
  const signature = [{ name: 'tenure_months', type: 'double', required: true }] as const;
  const stream = await sampleSource(sample).open({ signature, batchRows: 10 });
  const sizes: number[] = [];
  for await (const { table } of stream) sizes.push(table.rowCount);
  expect(sizes).toEqual([10, 10, 5]);
});
