import { type Table, createTable } from '@gnu-mlops/core';
import type { RowPredictor } from '@gnu-mlops/predictor';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { RowPredictions } from '../src/added-columns.ts';
import { scoreInOrder } from '../src/score-in-order.ts';
import { type ScoringThreads, openScoringThreads } from '../src/scoring-threads.ts';
import { linearPredictor } from './support/linear-predictor.ts';

function tableOf(...values: number[]): Table {
  return createTable([['x', { kind: 'numeric', values: Float64Array.from(values) }]]);
}

/** Score a table as soon as a thread has room. */
async function scoreAway(threads: ScoringThreads, table: Table) {
  for (;;) {
    const scoring = threads.score(table);
    if (scoring !== undefined) return scoring;
    await setTimeout(5);
  }
}

describe('openScoringThreads', () => {
  const threads = openScoringThreads(2);
  afterAll(() => threads.close());

  it('predicts on other threads what is predicted here', async () => {
    const predictor = linearPredictor('classification');
    expect(threads.score(tableOf(1))).toBeUndefined();
    threads.prepare(predictor.model);
    expect(await scoreAway(threads, tableOf(1, 9, 5))).toEqual(
      predictor.predictTable(tableOf(1, 9, 5)),
    );
  });

  it('turns to another model, and stays with one that it has', async () => {
    const tasks = ['classification', 'regression', 'regression'] as const;
    for (const predictor of tasks.map(linearPredictor)) {
      const { model, predictTable } = predictor;
      threads.prepare(model);
      threads.prepare(model);
      expect(await scoreAway(threads, tableOf(1, 5))).toEqual(predictTable(tableOf(1, 5)));
    }
  });

  it('has no room for more than its capacity', async () => {
    threads.prepare(linearPredictor('classification').model);
    const first = scoreAway(threads, tableOf(1));
    await setTimeout(0);
    await first;
    const all = [1, 2, 3].map((value) => threads.score(tableOf(value)));
    expect(all.map((scoring) => scoring !== undefined)).toEqual([true, true, false]);
    expect(threads.capacity).toBe(2);
    await Promise.all(all);
  });

  it('answers with nothing where a table cannot be scored, and goes on', async () => {
    threads.prepare(linearPredictor('classification').model);
    expect(await scoreAway(threads, createTable([], 1))).toBeUndefined();
    expect(await scoreAway(threads, tableOf(1))).toMatchObject({ rowCount: 1 });
  });

  it('has no other threads where one is to score', () => {
    const none = openScoringThreads(1);
    none.prepare(linearPredictor('classification').model);
    expect(none.capacity).toBe(0);
    expect(none.score(tableOf(1))).toBeUndefined();
  });

  it('throws BATCH_OPTION_INVALID for what is no number of threads', () => {
    for (const count of [0, 1.5, NaN]) {
      expect(() => openScoringThreads(count)).toThrow(
        expect.objectContaining({ code: 'BATCH_OPTION_INVALID' }),
      );
    }
  });

  it('answers with nothing where it is closed meanwhile', async () => {
    threads.prepare(linearPredictor('classification').model);
    await scoreAway(threads, tableOf(1));
    const scoring = threads.score(tableOf(...new Float64Array(100_000)));
    await threads.close();
    expect([undefined, 100_000]).toContain((await scoring)?.rowCount);
    expect(threads.score(tableOf(1))).toBeUndefined();
  });
});

/** Threads that take every other table and answer late; of a faulty one with nothing. */
function lateThreads(): ScoringThreads {
  let asked = 0;
  const { predictTable } = linearPredictor('classification');
  const later = async (table: Table): Promise<RowPredictions | undefined> => {
    const values = Float64Array.from((table.columns.get('x') as { values: Float64Array }).values);
    await setTimeout(20);
    return values[0] === 3 || Number.isNaN(values[0])
      ? undefined
      : predictTable(tableOf(...values));
  };
  return {
    capacity: 2,
    prepare: () => undefined,
    score: (table) => (asked++ % 2 === 0 ? later(table) : undefined),
    close: () => Promise.resolve(),
  };
}

describe('scoreInOrder', () => {
  const predictor = linearPredictor('classification');

  async function* tablesOf(values: readonly number[], faultBehind?: Error) {
    for (const value of values) yield { table: tableOf(value) };
    await setTimeout(0);
    if (faultBehind !== undefined) throw faultBehind;
  }
  async function labelsOf(tables: AsyncIterable<{ table: Table }>, failing = -1) {
    const predictTable: RowPredictor['predictTable'] = (table, options) => {
      const column = table.columns.get('x');
      const value = column?.kind === 'numeric' ? column.values[0] : NaN;
      if (value === failing) throw new Error(`row ${value}`);
      return predictor.predictTable(table, options);
    };
    const found: number[] = [];
    const scorers = { predictor: { ...predictor, predictTable }, threads: lateThreads() };
    for await (const predictions of scoreInOrder(tables, scorers)) {
      if (predictions.task === 'classification') found.push(predictions.probabilities[1]!);
    }
    return found;
  }

  it('keeps the order whoever scores, and scores here what a thread could not', async () => {
    const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const { probabilities } = predictor.predictTable(tableOf(...values)) as {
      probabilities: Float64Array;
    };
    const wanted = values.map((row) => probabilities[row * 2 + 1]);
    expect(await labelsOf(tablesOf(values))).toEqual(wanted);
  });

  it('throws the fault of the first table that has one, whoever meets one first', async () => {
    const fault = new Error('behind all');
    await expect(labelsOf(tablesOf([2, 1, 3], fault), 3)).rejects.toThrow('row 3');
    await expect(labelsOf(tablesOf([2, 1], fault), 1)).rejects.toThrow('row 1');
    await expect(labelsOf(tablesOf([2, 1, 4], fault))).rejects.toThrow('behind all');
  });

  it.each([3, 4])('counts the row of an error from the first of %i tables before', async (row) => {
    const values = [...Array.from({ length: row }, () => 1), NaN, 5];
    await expect(labelsOf(tablesOf(values))).rejects.toMatchObject({
      code: 'MODEL_SCORE_NOT_FINITE',
      row,
    });
  });
});
