import { randomUUID } from 'node:crypto';
import type { ModelVersion, Registry, Run, StageMove } from '@gnu-mlops/registry-client';
import { onTestFinished } from 'vitest';
import type { NameOf } from './contract-exceptions.ts';

/** Opens a registry; what is in it already must not matter. */
export interface OpenRegistryForTest {
  (): Promise<Registry>;
  readonly nameOf?: NameOf;
}

/** 2026-01-01T00:00:00Z, in milliseconds. */
export const SCENE_TIME = Date.UTC(2026, 0, 1);

/** A model's description with a signature, which some registries insist on. */
export const SCENE_MLMODEL = 'flavors: {}\nsignature:\n  inputs: "[]"\n  outputs: "[]"\n';

/** One test's registry, with makers of what most tests start from. Names are the test's own. */
export interface ContractScene {
  readonly registry: Registry;
  /** A name for an experiment that nothing has yet. */
  freshName(): string;
  /** A name for a model that nothing has yet. */
  freshModelName(): string;
  createExperimentId(): Promise<string>;
  createRun(experimentId?: string): Promise<Run>;
  /**
   * A new registered model of `count` versions, all from one run; two of them are named. Their files
   * are `MLmodel` and `data/model.bin`, of four bytes.
   */
  createVersions(count?: number): Promise<readonly [ModelVersion, ModelVersion, ...ModelVersion[]]>;
  /** Move a version to a stage that `expectedHolder` holds. */
  move(
    version: ModelVersion,
    stage: StageMove['stage'],
    expectedHolder: string | null,
  ): ReturnType<Registry['moveStage']>;
}

/** Open a registry for the running test; it is closed when the test ends. */
export async function createContractScene(open: OpenRegistryForTest): Promise<ContractScene> {
  const registry = await open();
  onTestFinished(() => registry.close());
  let moves = 0;

  const { nameOf = (_kind, fresh) => fresh } = open;
  const freshName = () => nameOf('experiment', `contract-${randomUUID()}`);
  const freshModelName = () => nameOf('model', `contract-${randomUUID()}`);
  async function createExperimentId(): Promise<string> {
    return (await registry.createExperiment(freshName())).experimentId;
  }
  async function createRun(experimentId?: string): Promise<Run> {
    return registry.createRun({
      experimentId: experimentId ?? (await createExperimentId()),
      startTime: SCENE_TIME,
    });
  }
  return {
    registry,
    freshName,
    freshModelName,
    createExperimentId,
    createRun,
    async createVersions(count = 2) {
      const { name } = await registry.createRegisteredModel(freshModelName());
      const { runId } = await createRun();
      const description = new TextEncoder().encode(SCENE_MLMODEL);
      await registry.uploadArtifact(runId, 'model/MLmodel', description);
      await registry.uploadArtifact(runId, 'model/data/model.bin', new Uint8Array(4));
      const source = `runs:/${runId}/model`;
      const create = () =>
        registry.createModelVersion({ name, source, runId, createdAt: SCENE_TIME });
      const versions: [ModelVersion, ModelVersion, ...ModelVersion[]] = [
        await create(),
        await create(),
      ];
      while (versions.length < count) versions.push(await create());
      return versions;
    },
    move({ name, version }, stage, expectedHolder) {
      return registry.moveStage({
        name,
        version,
        stage,
        expectedHolder,
        actor: 'tester',
        reason: `move ${++moves}`,
        evidence: '{"checked":true}',
        at: SCENE_TIME + moves,
      });
    },
  };
}
