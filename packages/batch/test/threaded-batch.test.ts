import { createTable } from '@gnu-mlops/core';
import { writeTable } from '@gnu-mlops/data';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runBatch } from '../src/run-batch.ts';
import { type ScoringThreads, openScoringThreads } from '../src/scoring-threads.ts';
import { batchScene } from './support/batch-scene.ts';
import { linearPredictor } from './support/linear-predictor.ts';

const predictor = linearPredictor('classification');

const threads = openScoringThreads(2);

beforeAll(async () => {
  threads.prepare(predictor.model);
  const probe = createTable([['x', { kind: 'numeric', values: Float64Array.of(1) }]]);
  while ((await threads.score(probe)) === undefined) await setTimeout(5);
});
afterAll(() => threads.close());

/** The threads, ready for their model, with a count of the tables that they take. */
function countedThreads(): ScoringThreads & { readonly taken: () => number } {
  let taken = 0;
  const score: ScoringThreads['score'] = (table) => {
    const scoring = threads.score(table);
    if (scoring !== undefined) taken++;
    return scoring;
  };
  return { ...threads, score, taken: () => taken };
}

it.each(['a.csv', 'a.csv.gz', 'a.jsonl', 'a.parquet', 'a.arrow'])(
  'writes the same %s with threads as without',
  async (name) => {
    const { root, options } = batchScene();
    const rowCount = 30_000;
    const values = Float64Array.from({ length: rowCount }, (_, row) => (row * 7919) % 11);
    const id = (_: unknown, row: number) => createHash('md5').update(`${row}`).digest('base64');
    const table = createTable([
      ['id', { kind: 'text', values: Array.from(values, id) }],
      ['x', { kind: 'numeric', values }],
    ]);
    await writeTable(join(root, 'in', name), table);
    const counted = countedThreads();
    const run = async (folder: string, scoring: ScoringThreads | number) => {
      const report = await runBatch({
        ...options,
        ...{ archiveInput: false, outputFolder: join(root, folder), batchRows: 1500 },
        ...{ ledgerPath: join(root, `${folder}.db`), predictor: { snapshot: () => predictor } },
        threads: scoring,
      });
      expect(report.files).toMatchObject([{ status: 'scored', rows: rowCount }]);
      return readFileSync(report.files[0]!.output!);
    };

    const alone = await run('alone', 1);
    const together = await run('together', counted);

    expect(together.equals(alone)).toBe(true);
    expect(counted.taken()).toBeGreaterThan(2);
  },
);

it.each([
  ['without threads', () => 1],
  ['with threads', countedThreads],
])('names the row of the file that cannot be scored, %s', async (_, scoring) => {
  const { root, options } = batchScene();
  const rows = Array.from({ length: 30_000 }, (_, row) => (row === 24_999 ? '' : row % 11));
  writeFileSync(join(root, 'in', 'a.csv'), `id,x\n${rows.map((x, id) => `${id},${x}\n`).join('')}`);
  const report = await runBatch({
    ...{ ...options, batchRows: 10_000, predictor: { snapshot: () => predictor } },
    threads: scoring(),
  });
  expect(report.files).toMatchObject([
    {
      status: 'failed',
      error: { code: 'MODEL_SCORE_NOT_FINITE', message: expect.stringMatching(/^Row 25000 /) },
    },
  ]);
});
