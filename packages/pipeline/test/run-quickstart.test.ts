import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClassificationMetrics } from '@gnu-mlops/core';
import { readCsv, writeCsv } from '@gnu-mlops/data';
import type { Registry } from '@gnu-mlops/registry-client';
import { describe, expect, it } from 'vitest';
import type { QuickstartEvent } from '../src/quickstart-event.ts';
import type { QuickstartOptions } from '../src/quickstart-options.ts';
import { runQuickstart } from '../src/run-quickstart.ts';
import type { StageGates } from '../src/stage-gates.ts';
import { customersTable } from './support/customers.ts';
import { openTestRegistry } from './support/open-test-registry.ts';

const gate = (metric: string, threshold: number) =>
  ({ name: metric, metric, threshold, direction: 'at_least' }) as const;

const easyGates: StageGates = {
  staging: [gate('accuracy', 0.5)],
  production: [gate('accuracy', 0.6)],
};

async function scene(): Promise<{
  options: QuickstartOptions;
  registry: Registry;
  list: (folder: string) => string[];
  folder: string;
}> {
  const { registry, now, folder } = await openTestRegistry();
  const at = (name: string) => join(folder, name);
  return {
    registry,
    folder,
    list: (name) => (existsSync(at(name)) ? readdirSync(at(name)).sort() : []),
    options: {
      data: { kind: 'churn', rows: 600, seed: 42 },
      gatesFor: () => easyGates,
      folders: { data: at('data'), input: at('in'), output: at('out'), archive: at('archive') },
      ledgerPath: at('batch.db'),
      batchRows: 50,
      actor: 'ada',
      algorithm: 'random_forest',
      hyperparameters: { n_estimators: 10, max_depth: 6 },
      testSize: 0.2,
      folds: 3,
      seed: 42,
      registry,
      experimentName: 'quickstart',
      modelName: 'churn',
      now,
    },
  };
}

/** The caller's own customers in a file. */
async function ownData(folder: string): Promise<QuickstartOptions['data']> {
  const path = join(folder, 'customers.csv');
  await writeCsv(path, customersTable());
  return { kind: 'own', source: { path }, target: 'churn' };
}

const waitingInput = ['waiting-v1-part-1.csv', 'waiting-v1-part-2.csv'];
const scoredOutput = ['waiting-v1-part-1_predictions.csv', 'waiting-v1-part-2_predictions.csv'];

describe('runQuickstart on data that it makes', () => {
  it('goes all the way to production and to scored files', async () => {
    const { options, registry, list } = await scene();

    const result = await runQuickstart(options);

    expect(result.data).toMatchObject({
      origin: 'made',
      name: 'churn-600-rows-seed-42.csv',
      rowCount: 600,
      task: 'classification',
    });
    expect(result.training.rows).toEqual({ total: 600, train: 480, test: 120 });
    expect(result.training.folds).toHaveLength(3);
    expect(result.version).toEqual({ modelName: 'churn', version: '1' });
    const { tags } = await registry.getRun(result.run.runId);
    expect(tags['gnu_mlops.data_source']).toBe('sample');
    expect([result.staging.status, result.production.status]).toEqual(['promoted', 'promoted']);
    expect(result.production.verdicts).toMatchObject([{ gate: 'accuracy', verdict: 'pass' }]);
    expect(result.serving).toEqual({ stage: 'GNU_Production', version: '1' });
    expect(result.batch).toMatchObject({ model: 'churn/1', scored: 2, failed: 0, rows: 200 });
    expect(list('in')).toEqual([]);
    expect(list('archive')).toEqual(waitingInput);
    expect(list('out')).toEqual(scoredOutput);
    const production = await registry.findVersionByStage('churn', 'GNU_Production');
    expect(production).toMatchObject({ version: '1', runId: result.run.runId });
    expect(await registry.readLedger('churn')).toMatchObject([
      { toStage: 'Staging', actor: 'ada' },
      { toStage: 'GNU_Production', actor: 'ada' },
    ]);
  });

  it('predicts in every form of input, the same row the same way', async () => {
    const { options } = await scene();

    const { predictions, training } = await runQuickstart(options);

    expect(predictions.map(({ form, predictions: made }) => [form, made.length])).toEqual([
      ['object', 1],
      ['array_of_objects', 3],
      ['columns_and_data', 3],
    ]);
    const [one, several, split] = predictions;
    expect(several!.predictions[0]).toEqual(one!.predictions[0]);
    expect(split!.predictions).toEqual(several!.predictions);
    const { probability, probabilities } = one!.predictions[0]!;
    expect(Object.keys(probabilities!)).toEqual(
      (training.evaluation as ClassificationMetrics).classes,
    );
    expect(probability).toBe(Math.max(...Object.values(probabilities!)));
    expect(several!.actual).toHaveLength(3);
  });

  it('scores every waiting row with its columns kept, and no target among them', async () => {
    const { options, folder } = await scene();

    const { data } = await runQuickstart(options);

    const { table } = await readCsv(join(folder, 'out', scoredOutput[0]!));
    const features = data.columns.map(({ name }) => name).filter((name) => name !== data.target);
    expect([...table.columns.keys()]).toEqual([
      ...features,
      'prediction',
      'probability',
      'prediction_timestamp',
    ]);
    expect(table.rowCount).toBe(100);
  });

  it('tells what it does, each thing once and in order', async () => {
    const { options } = await scene();
    const events: QuickstartEvent[] = [];

    const result = await runQuickstart(options, { onEvent: (event) => events.push(event) });

    const told = events
      .filter(({ type }) => type !== 'progress')
      .map((event) => (event.type === 'step' ? `step ${event.step}` : event.type));
    expect(told).toEqual([
      ...['step data', 'data', 'findings'],
      ...['step train', 'split', 'folds', 'evaluation'],
      ...['step record', 'run', 'version'],
      ...['step promote', 'stage', 'stage'],
      ...['step predict', 'serving', 'prediction', 'prediction', 'prediction'],
      ...['step batch', 'waiting_files', 'batch'],
      ...['step summary', 'summary'],
    ]);
    const stages = new Set(
      events.flatMap((event) => (event.type === 'progress' ? [event.progress.stage] : [])),
    );
    expect([...stages]).toEqual(expect.arrayContaining(['cross-validate', 'batch']));
    expect(events.at(-1)).toEqual({ type: 'summary', summary: result.summary });
  });

  it('sums up what was made, where it is and what comes next', async () => {
    const { options } = await scene();

    const { summary, run } = await runQuickstart(options);

    expect(summary.made.map(({ what }) => what)).toEqual([
      ...['sample data', 'run', 'artifacts', 'model version'],
      ...['scored file', 'archived input', 'scored file', 'archived input', 'batch ledger'],
    ]);
    const where = summary.made.map((thing) => thing.where).join('\n');
    expect(where).toContain(run.runId);
    for (const { what, where: place } of summary.made) {
      if (what.endsWith('file') || what.endsWith('input')) expect(existsSync(place)).toBe(true);
    }
    expect(summary.next).toEqual(['predict', 'score_files', 'show_deployment', 'use_own_data']);
  });

  it('gives one JSON document', async () => {
    const { options } = await scene();

    const result = await runQuickstart(options);

    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('run again adds version 2, archives version 1 and keeps everything', async () => {
    const { options, registry, list } = await scene();
    const first = await runQuickstart(options);
    const before = readFileSync(join(options.folders.output, scoredOutput[0]!));

    const second = await runQuickstart(options);

    expect(second.data).toMatchObject({ origin: 'found', digest: first.data.digest });
    expect(second.version.version).toBe('2');
    expect(second.production).toMatchObject({ status: 'promoted', displacedVersion: '1' });
    expect(await registry.getModelVersion('churn', '1')).toMatchObject({ stage: 'Archived' });
    const experiment = await registry.findExperiment('quickstart');
    const runs = await registry.searchRuns({ experimentIds: [experiment!.experimentId] });
    expect(runs.items.map(({ status }) => status)).toEqual(['FINISHED', 'FINISHED']);
    expect(list('data')).toHaveLength(1);
    expect(list('out')).toHaveLength(4);
    expect(list('archive')).toHaveLength(4);
    expect(readFileSync(join(options.folders.output, scoredOutput[0]!))).toEqual(before);
    expect(second.summary.next).toContain('compare_runs');
  });

  it.each([
    { what: 'whose rows are others', content: 'mine,alone\n1,2\n' },
    { what: 'that is no table', content: '' },
  ])('leaves a file of that name alone $what', async ({ content }) => {
    const { options, list } = await scene();
    const path = join(options.folders.data, 'churn-600-rows-seed-42.csv');
    mkdirSync(options.folders.data, { recursive: true });
    writeFileSync(path, content);

    const { data } = await runQuickstart(options);

    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(data).toMatchObject({ origin: 'made', name: 'churn-600-rows-seed-42-2.csv' });
    expect(list('data')).toHaveLength(2);
  });

  it('makes regression data too', async () => {
    const { options } = await scene();

    const result = await runQuickstart({
      ...options,
      data: { kind: 'regression', rows: 400, seed: 1 },
      modelName: 'amounts',
      gatesFor: (task) =>
        task === 'regression' ? { staging: [gate('r2', 0.2)], production: [] } : easyGates,
    });

    expect(result.data.task).toBe('regression');
    expect(result.production.status).toBe('promoted');
    expect(typeof result.predictions[0]!.predictions[0]!.prediction).toBe('number');
    expect(result.batch).toMatchObject({ scored: 2, failed: 0 });
  });
});

describe('runQuickstart on data of the caller', () => {
  it('trains on the file and scores the rows that it held out', async () => {
    const { options, folder, list } = await scene();

    const result = await runQuickstart({ ...options, data: await ownData(folder) });

    expect(result.data).toMatchObject({ origin: 'given', name: 'customers.csv', rowCount: 240 });
    expect(list('data')).toEqual([]);
    expect(result.batch).toMatchObject({ scored: 2, rows: result.training.rows.test });
    expect(result.summary.next).not.toContain('use_own_data');
  });

  it('stops at data that are not fit, and records nothing', async () => {
    const { options, folder, registry, list } = await scene();
    const path = join(folder, 'unfit.csv');
    writeFileSync(path, `x,y\n${'1,a\n'.repeat(40)}`);

    await expect(
      runQuickstart({ ...options, data: { kind: 'own', source: { path }, target: 'y' } }),
    ).rejects.toMatchObject({ code: 'PIPELINE_DATA_CHECK_FAILED' });

    expect(await registry.findRegisteredModel('churn')).toBeUndefined();
    expect(list('in')).toEqual([]);
  });
});

describe('runQuickstart when a version is refused', () => {
  const hopeless: StageGates = {
    staging: [gate('accuracy', 0.5)],
    production: [gate('accuracy', 1)],
  };

  it('tells the figures and goes on with the version in Staging', async () => {
    const { options } = await scene();

    const result = await runQuickstart({ ...options, gatesFor: () => hopeless });

    expect(result.staging.status).toBe('promoted');
    expect(result.production).toMatchObject({
      status: 'refused',
      displacedVersion: null,
      verdicts: [{ verdict: 'fail', measured: result.training.metrics['accuracy'], threshold: 1 }],
    });
    expect(result.production.message).toMatch(/accuracy is 0\.\d+/);
    expect(result.serving).toEqual({ stage: 'Staging', version: '1' });
    expect(result.batch).toMatchObject({ scored: 2 });
    expect(result.summary.next[0]).toBe('improve_model');
  });

  it('goes on with the version that is in production', async () => {
    const { options } = await scene();
    await runQuickstart(options);

    const result = await runQuickstart({ ...options, gatesFor: () => hopeless });

    expect(result.production.status).toBe('refused');
    expect(result.serving).toEqual({ stage: 'GNU_Production', version: '1' });
    expect(result.batch).toMatchObject({ model: 'churn/1', scored: 2 });
  });

  it('predicts nothing and scores nothing while no version serves', async () => {
    const { options, list } = await scene();
    const closed = { staging: [gate('accuracy', 1)], production: [] };

    const result = await runQuickstart({ ...options, gatesFor: () => closed });

    expect(result.staging.status).toBe('refused');
    expect(result.production.status).toBe('not_tried');
    expect(result.serving).toMatchObject({ reason: expect.stringContaining('churn') as string });
    expect(result.predictions).toEqual([]);
    expect(result.batch).toBeNull();
    expect(list('in')).toEqual([]);
  });

  it('does not have a version of other data predict', async () => {
    const { options, folder } = await scene();
    await runQuickstart(options);
    const closed = { staging: [gate('accuracy', 1)], production: [] };

    const data = await ownData(folder);
    const result = await runQuickstart({ ...options, data, gatesFor: () => closed });

    expect(result.serving).toMatchObject({
      reason: expect.stringContaining('trained on other data') as string,
    });
    expect(result.batch).toBeNull();
  });
});

describe('runQuickstart when it is aborted', () => {
  it('stops before the next step and keeps what was finished', async () => {
    const { options, registry } = await scene();
    const controller = new AbortController();

    await expect(
      runQuickstart(options, {
        signal: controller.signal,
        onEvent: ({ type }) => {
          if (type === 'version') controller.abort();
        },
      }),
    ).rejects.toMatchObject({ code: 'PIPELINE_CANCELLED' });

    expect(await registry.getModelVersion('churn', '1')).toMatchObject({ stage: 'None' });
  });

  it('leaves files waiting when it is aborted among them', async () => {
    const { options, list } = await scene();
    const controller = new AbortController();

    const running = runQuickstart(options, {
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === 'waiting_files') controller.abort();
      },
    });

    await expect(running).rejects.toMatchObject({ code: 'PIPELINE_CANCELLED' });
    expect(list('in')).toEqual(waitingInput);
    expect(list('out')).toEqual([]);
  });
});
