import { killBeforeChange } from './kill-before-change.ts';

/** What a child process of the tests is told to do, as JSON in its first argument. */
export interface ChildOrder {
  readonly inputFolder: string;
  readonly outputFolder: string;
  readonly archiveFolder: string;
  readonly ledgerPath: string;
  /** Be killed right before the change to files or ledger of this number, from 1; 0: never. */
  readonly killBefore: number;
}

/** What a child process that lives tells, as JSON on its standard output. */
export interface ChildAnswer {
  readonly report?: { readonly scored: number; readonly rows: number };
  readonly errorCode?: string;
  readonly changes: number;
}

const { killBefore, ...folders } = JSON.parse(process.argv[2]!) as ChildOrder;
const changes = await killBeforeChange(killBefore);
const { runBatch } = await import('../../src/run-batch.ts');
const { thresholdPredictor } = await import('./threshold-predictor.ts');

let answer: object;
try {
  const report = await runBatch({
    ...folders,
    archiveInput: true,
    predictor: thresholdPredictor(),
    batchRows: 2,
    now: Date.now,
    settleMs: 0,
  });
  answer = { report };
} catch (error) {
  answer = { errorCode: (error as { code?: string }).code ?? String(error) };
}
process.stdout.write(JSON.stringify({ ...answer, changes: changes() }));
