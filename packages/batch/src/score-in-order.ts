import type { Table } from '@gnu-mlops/core';
import type { RowPredictor } from '@gnu-mlops/predictor';
import type { RowPredictions } from './added-columns.ts';
import { freeTable } from './free-memory.ts';
import { predictInSlices } from './predict-in-slices.ts';
import type { ScoringThreads } from './scoring-threads.ts';

/** Who scores. */
export interface Scorers {
  readonly predictor: RowPredictor;
  readonly threads: ScoringThreads;
}

/** Fewer rows are scored before threads would be ready. */
const fewestRows = 10_000;

/**
 * Score tables in their order: on threads as far as they have room, and here meanwhile, so that reading,
 * scoring and writing overlap. What goes wrong is thrown when its table has its turn, whoever met it
 * first.
 *
 * @param tables ones that nobody else has: their memory is given back as soon as they are scored.
 */
export async function* scoreInOrder(
  tables: AsyncIterable<{ readonly table: Table }>,
  { predictor, threads }: Scorers,
): AsyncGenerator<RowPredictions> {
  const waiting: Scoring[] = [];
  let rowCount = 0;
  const next = () => waiting.shift()!.finish();
  try {
    for await (const { table } of tables) {
      if (rowCount >= fewestRows) threads.prepare(predictor.model);
      waiting.push(startScoring({ table, firstRow: rowCount }, { predictor, threads }));
      rowCount += table.rowCount;
      while (waiting[0]?.isDone || waiting.length > threads.capacity + 1) yield await next();
    }
  } catch (error) {
    while (waiting.length > 0) yield await next();
    throw error;
  }
  while (waiting.length > 0) yield await next();
}

/** One table on its way. */
interface Scoring {
  readonly isDone: boolean;
  finish(): Promise<RowPredictions>;
}

/** A table, and which row of the file its first is: errors count from the first of the file. */
interface Part {
  readonly table: Table;
  readonly firstRow: number;
}

function startScoring(part: Part, { predictor, threads }: Scorers): Scoring {
  const { table } = part;
  const away = threads.score(table);
  if (away === undefined) return scoreHere(part, predictor);
  const scoring = {
    isDone: false,
    async finish() {
      const predictions = (await away) ?? predictHere(part, predictor);
      freeTable(table);
      return predictions;
    },
  };
  void away.then(() => (scoring.isDone = true));
  return scoring;
}

function scoreHere(part: Part, predictor: RowPredictor): Scoring {
  try {
    const predictions = predictHere(part, predictor);
    freeTable(part.table);
    return { isDone: true, finish: () => Promise.resolve(predictions) };
  } catch (error) {
    return { isDone: true, finish: () => Promise.reject(error as Error) };
  }
}

function predictHere({ table, firstRow }: Part, { predictTable }: RowPredictor): RowPredictions {
  return predictInSlices(table, predictTable, firstRow);
}
