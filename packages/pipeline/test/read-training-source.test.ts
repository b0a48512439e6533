import { describe, expect, it } from 'vitest';
import { GnuMlopsError } from '@gnu-mlops/core';
import {
  DatabricksRequestError,
  S3UnavailableError,
  type TableSource,
  createSampleTable,
} from '@gnu-mlops/data';
import { type UsedFallback, prepareTrainingTable, trainAndRegister } from '../src/index.ts';
import type { SourceWithFallback } from '../src/index.ts';
import { openTestRegistry } from './support/open-test-registry.ts';

const { table, target } = createSampleTable({ kind: 'churn', rows: 200, seed: 1 });

class BadRowError extends GnuMlopsError {
  static readonly code = 'DATA_CSV_RAGGED_ROW';
}

function bucket(read: TableSource['read']): TableSource {
  return {
    name: 'customers.parquet',
    uri: 's3://bucket/customers.parquet',
    sourceType: 's3',
    read,
    open: () => Promise.reject(new Error('not asked for')),
  };
}

const outOfReach = async () => {
  throw new S3UnavailableError('s3://bucket/customers.parquet', 'connect ECONNREFUSED');
};

function withFallback(read: TableSource['read']): SourceWithFallback {
  return {
    source: { from: bucket(read), dataSource: 's3' },
    fallback: { table, name: 'churn sample', uri: 'sample:churn', dataSource: 'sample' },
  };
}

describe('a source with a fallback', () => {
  it('is read itself while it can be', async () => {
    const source = withFallback(async () => ({ table, skippedRows: { count: 0, lines: [] } }));
    const prepared = await prepareTrainingTable({ source, target });
    expect(prepared).toMatchObject({ dataSource: 's3', uri: 's3://bucket/customers.parquet' });
    expect(prepared).not.toHaveProperty('fallback');
  });

  it('gives way to the fallback when it is out of reach, and says so', async () => {
    const told: UsedFallback[] = [];
    const prepared = await prepareTrainingTable(
      { source: withFallback(outOfReach), target },
      { onFallback: (fallback) => told.push(fallback) },
    );
    expect(prepared).toMatchObject({ dataSource: 'sample', uri: 'sample:churn' });
    expect(prepared.fallback).toEqual({
      wanted: { dataSource: 's3', uri: 's3://bucket/customers.parquet' },
      error: {
        code: 'DATA_S3_UNAVAILABLE',
        message: expect.stringMatching(/ECONNREFUSED/) as string,
      },
    });
    expect(told).toEqual([prepared.fallback]);
  });

  it('does not give way when its rows are bad', async () => {
    const source = withFallback(async () => {
      throw new BadRowError(BadRowError.code, 'line 3');
    });
    await expect(prepareTrainingTable({ source, target })).rejects.toThrow('line 3');
  });

  it('does not give way when the query is wrong, which more patience would not mend', async () => {
    const source = withFallback(async () => {
      const failure = { reason: 'PARSE_SYNTAX_ERROR', message: 'near "FORM"' };
      throw new DatabricksRequestError('query', failure);
    });
    await expect(prepareTrainingTable({ source, target })).rejects.toMatchObject({
      code: 'DATA_DATABRICKS_REQUEST_FAILED',
    });
  });

  it('does not exist unless it is named', async () => {
    const source = withFallback(outOfReach).source;
    await expect(prepareTrainingTable({ source, target })).rejects.toMatchObject({
      code: 'DATA_S3_UNAVAILABLE',
    });
  });
});

describe('a run', () => {
  const common = {
    target,
    algorithm: 'logistic_regression',
    testSize: 0.25,
    folds: 2,
    seed: 1,
    experimentName: 'churn',
    modelName: 'churn',
  };

  it('is tagged with the source that was used, the wanted one and the reason', async () => {
    const { registry, now } = await openTestRegistry();
    const { run } = await trainAndRegister({
      ...{ ...common, now },
      registry,
      source: withFallback(outOfReach),
    });
    expect(run.tags).toMatchObject({
      'gnu_mlops.data_source': 'sample',
      'gnu_mlops.data_source_wanted': 's3',
      'gnu_mlops.data_fallback_reason': expect.stringMatching(/^DATA_S3_UNAVAILABLE: /) as string,
    });
    expect(run.inputs[0]!.source).toBe('{"uri":"sample:churn"}');
  });

  it('is tagged with every kind of place that its rows come from', async () => {
    const { registry, now } = await openTestRegistry();
    const from = bucket(async () => ({ table, skippedRows: { count: 0, lines: [] } }));
    const { run } = await trainAndRegister({
      ...{ ...common, now },
      registry,
      source: { from, dataSource: ['s3', 'local', 's3'] },
    });
    expect(run.tags['gnu_mlops.data_source']).toBe('local,s3');
  });

  it('is tagged with the source alone where nothing stood in', async () => {
    const { registry, now } = await openTestRegistry();
    const { run } = await trainAndRegister({
      ...{ ...common, now },
      registry,
      source: { table, name: 'customers' },
    });
    expect(run.tags['gnu_mlops.data_source']).toBe('memory');
    expect(run.tags).not.toHaveProperty(['gnu_mlops.data_source_wanted']);
  });

  it('records what MLflow keeps of a source, never its rows', async () => {
    const { registry, now } = await openTestRegistry();
    const from: TableSource = {
      ...bucket(async () => ({ table, skippedRows: { count: 0, lines: [] } })),
      uri: 'databricks://host/main.sales.customers',
      sourceType: 'delta_table',
      sourceDetails: { delta_table_name: 'main.sales.customers' },
    };
    const { run } = await trainAndRegister({
      ...{ ...common, now },
      registry,
      source: { from, dataSource: 'databricks' },
    });
    expect(run.inputs[0]).toMatchObject({
      name: 'customers.parquet',
      sourceType: 'delta_table',
      source: '{"delta_table_name":"main.sales.customers"}',
      digest: run.tags['gnu_mlops.data_digest'],
    });
  });

  it('is never begun when the reading is cancelled', async () => {
    const { registry, now } = await openTestRegistry();
    const controller = new AbortController();
    const from = bucket(async ({ signal } = {}) => {
      controller.abort(new Error('enough'));
      signal!.throwIfAborted();
      throw new Error('not reached');
    });
    const training = trainAndRegister(
      { ...common, now, registry, source: { from, dataSource: 's3' } },
      { signal: controller.signal },
    );
    await expect(training).rejects.toMatchObject({ code: 'PIPELINE_CANCELLED' });
  });
});
