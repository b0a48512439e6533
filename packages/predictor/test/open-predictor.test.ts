import { join } from 'node:path';
import { MODEL_FILE_NAME, formatModel } from '@gnu-mlops/model';
import { type HeldStage, openRegistry } from '@gnu-mlops/registry-client';
import { createFakeClock, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type ModelRegistry,
  type RefreshResult,
  createModelCache,
  openPredictor,
} from '../src/index.ts';
import { churnModel } from './small-models.ts';

const row = { tenure: 0, contract: 'year' };

/** A registry with the model `churn`, and a count of the model files that were fetched from it. */
async function createWorld() {
  const clock = createFakeClock();
  const opened = await openRegistry(`sqlite:///${join(temporaryFolder(), 'mlflow.db')}`, {
    now: clock.now,
  });
  onTestFinished(() => opened.close());
  const { experimentId } = await opened.ensureExperiment('churn');
  await opened.ensureRegisteredModel('churn');
  const downloadModelFile = vi.fn(opened.downloadModelFile);
  const registry = { ...opened, downloadModelFile };

  /** Version n predicts `yes` with log odds n for the row above. */
  async function addVersion(bytes?: Uint8Array, path = MODEL_FILE_NAME): Promise<string> {
    const { runId } = await opened.createRun({ experimentId, startTime: clock.now() });
    const { version } = await opened.createModelVersion({
      name: 'churn',
      source: `runs:/${runId}/model`,
      runId,
      createdAt: clock.now(),
    });
    const content = bytes ?? formatModel(churnModel({ bias: Number(version) }));
    await opened.uploadArtifact(runId, `model/${path}`, content);
    return version;
  }
  async function move(version: string, stage: HeldStage): Promise<void> {
    const holder = await opened.findVersionByStage('churn', stage);
    await opened.moveStage({
      name: 'churn',
      version,
      stage,
      expectedHolder: holder?.version ?? null,
      actor: 'ada',
      reason: 'test',
      evidence: '{}',
      at: clock.now(),
    });
  }
  return { registry, clock, addVersion, move };
}

/** A promise to be settled from outside. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const logOddsOf = (probability: number) => Math.log(probability / (1 - probability));

function versionByScore(predictor: { predict(input: typeof row): unknown }): number {
  const [{ probability }] = predictor.predict(row) as [{ probability: number }];
  return Math.round(logOddsOf(probability));
}

describe('openPredictor', () => {
  it('serves the version in a stage', async () => {
    const { registry, addVersion, move } = await createWorld();
    await move(await addVersion(), 'GNU_Production');
    await move(await addVersion(), 'Staging');
    const production = await openPredictor({
      registry,
      modelName: 'churn',
      stage: 'GNU_Production',
    });
    const staging = await openPredictor({ registry, modelName: 'churn', stage: 'Staging' });
    expect(production.version).toMatchObject({ name: 'churn', version: '1' });
    expect([versionByScore(production), versionByScore(staging)]).toEqual([1, 2]);
  });

  it('serves an alias and a version', async () => {
    const { registry, addVersion } = await createWorld();
    for (let version = 1; version <= 3; version++) await addVersion();
    await registry.setAlias('churn', 'shadow', '3');
    const shadow = await openPredictor({ registry, modelName: 'churn', alias: 'shadow' });
    const second = await openPredictor({ registry, modelName: 'churn', version: '2' });
    expect([versionByScore(shadow), versionByScore(second)]).toEqual([3, 2]);
  });

  it('checks rows as it was told to', async () => {
    const { registry, addVersion } = await createWorld();
    await addVersion();
    const strict = await openPredictor({
      registry,
      modelName: 'churn',
      version: '1',
      onExtraField: 'error',
    });
    expect(() => strict.predict({ ...row, extra: 1 })).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_FIELD_UNKNOWN' }),
    );
  });

  it.each([
    [{ stage: 'GNU_Production' } as const, '"churn" has no version in GNU_Production'],
    [{ alias: 'shadow' }, '"churn" has no alias "shadow"'],
    [{ version: '7' }, '"churn" has no version "7"'],
  ])('throws PREDICTOR_MODEL_NOT_FOUND for %j', async (selector, problem) => {
    const { registry, addVersion } = await createWorld();
    await addVersion();
    await expect(
      openPredictor({ registry, modelName: 'churn', ...selector }),
    ).rejects.toMatchObject({
      code: 'PREDICTOR_MODEL_NOT_FOUND',
      modelName: 'churn',
      message: expect.stringContaining(problem),
    });
  });

  it.each([{ stage: 'Staging' } as const, { alias: 'shadow' }, { version: '1' }])(
    'throws PREDICTOR_MODEL_NOT_FOUND for an unknown model by %j',
    async (selector) => {
      const { registry } = await createWorld();
      await expect(
        openPredictor({ registry, modelName: 'nothing', ...selector }),
      ).rejects.toMatchObject({ code: 'PREDICTOR_MODEL_NOT_FOUND', modelName: 'nothing' });
    },
  );

  it('throws PREDICTOR_MODEL_NOT_FOUND for a version that another program made', async () => {
    const { registry, addVersion } = await createWorld();
    await addVersion(Uint8Array.of(1), 'model.pkl');
    await expect(
      openPredictor({ registry, modelName: 'churn', version: '1' }),
    ).rejects.toMatchObject({
      code: 'PREDICTOR_MODEL_NOT_FOUND',
      message: expect.stringContaining('version 1 of "churn" has no file model.gnumlops'),
      cause: { code: 'REGISTRY_ARTIFACT_NOT_FOUND' },
    });
  });

  it('throws the MODEL_FILE error of a damaged model file', async () => {
    const { registry, addVersion } = await createWorld();
    await addVersion(formatModel(churnModel()).subarray(0, 100));
    await expect(
      openPredictor({ registry, modelName: 'churn', version: '1' }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^MODEL_FILE_/) });
  });

  it('passes on that the registry cannot be reached', async () => {
    const { registry } = await createWorld();
    const unreachable: ModelRegistry = {
      ...registry,
      findVersionByStage: () => Promise.reject(new Error('connection refused')),
    };
    await expect(
      openPredictor({ registry: unreachable, modelName: 'churn', stage: 'Staging' }),
    ).rejects.toThrow('connection refused');
  });
});

describe('refresh', () => {
  it('swaps the model when the stage moved, and says from where to where', async () => {
    const { registry, addVersion, move } = await createWorld();
    await move(await addVersion(), 'GNU_Production');
    const predictor = await openPredictor({
      registry,
      modelName: 'churn',
      stage: 'GNU_Production',
    });
    await move(await addVersion(), 'GNU_Production');
    expect(versionByScore(predictor)).toBe(1);
    expect(await predictor.refresh()).toMatchObject({
      status: 'swapped',
      from: { version: '1' },
      to: { version: '2' },
    });
    expect(versionByScore(predictor)).toBe(2);
    expect(predictor.version).toMatchObject({ version: '2' });
    expect(predictor.model.estimator).toMatchObject({ intercepts: Float64Array.of(2) });
  });

  it('swaps the model when the alias moved', async () => {
    const { registry, addVersion } = await createWorld();
    await addVersion();
    await addVersion();
    await registry.setAlias('churn', 'shadow', '1');
    const predictor = await openPredictor({ registry, modelName: 'churn', alias: 'shadow' });
    await registry.setAlias('churn', 'shadow', '2');
    await predictor.refresh();
    expect(versionByScore(predictor)).toBe(2);
  });

  it('finds nothing new where nothing moved, and fetches nothing', async () => {
    const { registry, addVersion, move } = await createWorld();
    await move(await addVersion(), 'Staging');
    const predictor = await openPredictor({ registry, modelName: 'churn', stage: 'Staging' });
    expect(await predictor.refresh()).toEqual({ status: 'unchanged' });
    expect(registry.downloadModelFile).toHaveBeenCalledTimes(1);
  });

  it('brings a version back without fetching it again after a rollback', async () => {
    const { registry, addVersion, move } = await createWorld();
    await addVersion();
    await addVersion();
    await move('1', 'GNU_Production');
    const predictor = await openPredictor({
      registry,
      modelName: 'churn',
      stage: 'GNU_Production',
    });
    for (const version of ['2', '1', '2', '1']) {
      await move(version, 'GNU_Production');
      await predictor.refresh();
      expect(versionByScore(predictor)).toBe(Number(version));
    }
    expect(registry.downloadModelFile).toHaveBeenCalledTimes(2);
  });

  it('shares a cache between predictors', async () => {
    const { registry, addVersion } = await createWorld();
    await addVersion();
    const cache = createModelCache();
    for (let i = 0; i < 3; i++) {
      await openPredictor({ registry, modelName: 'churn', version: '1', cache });
    }
    expect(registry.downloadModelFile).toHaveBeenCalledTimes(1);
  });

  it('predicts with the old model while the new one loads, and leaves snapshots alone', async () => {
    const { registry, addVersion, move } = await createWorld();
    await move(await addVersion(), 'Staging');
    const predictor = await openPredictor({ registry, modelName: 'churn', stage: 'Staging' });
    const snapshot = predictor.snapshot();
    await move(await addVersion(), 'Staging');
    const { open, opened } = gate();
    const download = registry.downloadModelFile.getMockImplementation()!;
    registry.downloadModelFile.mockImplementation(async (...args) => {
      await opened;
      return download(...args);
    });
    const refreshing = predictor.refresh();
    expect(versionByScore(predictor)).toBe(1);
    open();
    await refreshing;
    expect(versionByScore(predictor)).toBe(2);
    expect(versionByScore(snapshot)).toBe(1);
    expect(snapshot.version).toMatchObject({ version: '1' });
  });

  it('runs once for all who ask at the same time', async () => {
    const { registry, addVersion, move } = await createWorld();
    await move(await addVersion(), 'Staging');
    const onRefresh = vi.fn();
    const predictor = await openPredictor({
      registry,
      modelName: 'churn',
      stage: 'Staging',
      onRefresh,
    });
    await move(await addVersion(), 'Staging');
    const [one, other] = await Promise.all([predictor.refresh(), predictor.refresh()]);
    expect(one).toBe(other);
    expect(onRefresh.mock.calls).toEqual([[one]]);
    expect(await predictor.refresh()).toEqual({ status: 'unchanged' });
  });

  it('looks again for who asks after a refresh under way has looked', async () => {
    const { registry, addVersion, move } = await createWorld();
    const [first, second] = [await addVersion(), await addVersion()];
    await move(first, 'Staging');
    const predictor = await openPredictor({ registry, modelName: 'churn', stage: 'Staging' });
    await move(second, 'Staging');
    const { open, opened } = gate();
    const download = registry.downloadModelFile.getMockImplementation()!;
    registry.downloadModelFile.mockImplementation(async (...args) => {
      await opened;
      return download(...args);
    });
    const underWay = predictor.refresh();
    await vi.waitFor(() => expect(registry.downloadModelFile).toHaveBeenCalledTimes(2));
    await move(first, 'Staging');

    const asked = [predictor.refresh(), predictor.refresh()];
    open();

    expect(await underWay).toMatchObject({ status: 'swapped', to: { version: second } });
    const [one, other] = await Promise.all(asked);
    expect(one).toMatchObject({ status: 'swapped', to: { version: first } });
    expect(other).toBe(one);
    expect(versionByScore(predictor)).toBe(1);
  });

  it('keeps serving the old model when the registry fails, and recovers', async () => {
    const { registry, addVersion, move } = await createWorld();
    await move(await addVersion(), 'Staging');
    const results: RefreshResult[] = [];
    const findVersionByStage = vi.fn(registry.findVersionByStage);
    const predictor = await openPredictor({
      registry: { ...registry, findVersionByStage },
      modelName: 'churn',
      stage: 'Staging',
      onRefresh: (result) => results.push(result),
    });
    await move(await addVersion(), 'Staging');
    const failure = new Error('connection refused');
    findVersionByStage.mockRejectedValueOnce(failure);
    expect(await predictor.refresh()).toEqual({ status: 'failed', error: failure });
    expect(versionByScore(predictor)).toBe(1);
    await predictor.refresh();
    expect(versionByScore(predictor)).toBe(2);
    expect(results.map(({ status }) => status)).toEqual(['failed', 'swapped']);
  });

  it('keeps serving the old model when the new one is damaged', async () => {
    const { registry, addVersion, move } = await createWorld();
    await move(await addVersion(), 'Staging');
    const predictor = await openPredictor({ registry, modelName: 'churn', stage: 'Staging' });
    await move(await addVersion(Uint8Array.of(1, 2, 3)), 'Staging');
    expect(await predictor.refresh()).toMatchObject({
      status: 'failed',
      error: { code: expect.stringMatching(/^MODEL_FILE_/) },
    });
    expect(versionByScore(predictor)).toBe(1);
  });

  it('keeps serving when the stage was emptied', async () => {
    const { registry, addVersion, move } = await createWorld();
    await move(await addVersion(), 'Staging');
    const predictor = await openPredictor({ registry, modelName: 'churn', stage: 'Staging' });
    await move('1', 'GNU_Production');
    expect(await predictor.refresh()).toMatchObject({
      status: 'failed',
      error: { code: 'PREDICTOR_MODEL_NOT_FOUND' },
    });
    expect(versionByScore(predictor)).toBe(1);
  });
});

describe('refreshMs', () => {
  it('lets a prediction start a refresh once the last look is older, without waiting for it', async () => {
    const { registry, clock, addVersion, move } = await createWorld();
    await move(await addVersion(), 'Staging');
    const { open, opened } = gate();
    const predictor = await openPredictor({
      registry,
      modelName: 'churn',
      stage: 'Staging',
      refreshMs: 1000,
      now: clock.now,
      onRefresh: open,
    });
    await move(await addVersion(), 'Staging');
    clock.advance(999);
    expect(versionByScore(predictor)).toBe(1);
    expect(registry.downloadModelFile).toHaveBeenCalledTimes(1);
    clock.advance(1);
    expect(versionByScore(predictor)).toBe(1);
    await opened;
    expect(versionByScore(predictor)).toBe(2);
  });

  it('looks again no sooner than refreshMs after a failure', async () => {
    const { registry, clock, addVersion, move } = await createWorld();
    await move(await addVersion(), 'Staging');
    const results: RefreshResult[] = [];
    const findVersionByStage = vi.fn(registry.findVersionByStage);
    const predictor = await openPredictor({
      registry: { ...registry, findVersionByStage },
      modelName: 'churn',
      stage: 'Staging',
      refreshMs: 1000,
      now: clock.now,
      onRefresh: (result) => results.push(result),
    });
    findVersionByStage.mockRejectedValue(new Error('connection refused'));
    clock.advance(1000);
    for (let i = 0; i < 3; i++) predictor.predict(row);
    await vi.waitFor(() => expect(results).toHaveLength(1));
    predictor.predict(row);
    expect(findVersionByStage).toHaveBeenCalledTimes(2);
    clock.advance(1000);
    predictor.predict(row);
    await vi.waitFor(() => expect(results).toHaveLength(2));
    expect(findVersionByStage).toHaveBeenCalledTimes(3);
  });
});

describe('close', () => {
  it('makes predictions throw PREDICTOR_CLOSED and leaves the registry open', async () => {
    const { registry, addVersion } = await createWorld();
    await addVersion();
    const predictor = await openPredictor({ registry, modelName: 'churn', version: '1' });
    predictor.close();
    expect(() => predictor.predict(row)).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_CLOSED' }),
    );
    expect(await predictor.refresh()).toMatchObject({
      status: 'failed',
      error: { code: 'PREDICTOR_CLOSED' },
    });
    expect(await registry.findRegisteredModel('churn')).toBeDefined();
  });

  it('lets a refresh under way change nothing any more', async () => {
    const { registry, addVersion, move } = await createWorld();
    await move(await addVersion(), 'Staging');
    const onRefresh = vi.fn();
    const predictor = await openPredictor({
      registry,
      modelName: 'churn',
      stage: 'Staging',
      onRefresh,
    });
    await move(await addVersion(), 'Staging');
    const refreshing = predictor.refresh();
    predictor.close();
    expect(await refreshing).toMatchObject({
      status: 'failed',
      error: { code: 'PREDICTOR_CLOSED' },
    });
    expect(predictor.version).toMatchObject({ version: '1' });
    expect(onRefresh).not.toHaveBeenCalled();
  });
});
