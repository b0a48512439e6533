import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import type { Run, Tags } from '../../src/entities.ts';
import { openRegistry } from '../../src/open-registry.ts';
import { copyRun } from '../../src/transfer/copy.ts';
import { COPIED_REGISTRY_TAG } from '../../src/transfer/copy-tags.ts';
import { type CopyCandidates, electCopy } from '../../src/transfer/elect-copy.ts';
import { ask, startProcess } from '../processes/start-process.ts';
import { expectSameRun } from './expect-same-run.ts';
import { logRun, openEmbedded, runsOf } from './transfer-scene.ts';

interface Candidate {
  readonly id: string;
  readonly tags: Tags;
}

/** Candidates in memory; `step` is awaited within every access, so that others get in between. */
function candidatesOf(
  kept: Map<string, Candidate>,
  { id, step }: { readonly id: () => string; readonly step: () => Promise<void> },
): CopyCandidates<Candidate> {
  return {
    idOf: (copy) => copy.id,
    async search() {
      await step();
      const found = [...kept.values()];
      await step();
      return found;
    },
    async create() {
      await step();
      const made = { id: id(), tags: {} };
      kept.set(made.id, made);
      await step();
      return made;
    },
    async settle(copy) {
      await step();
      const settled = { ...copy, tags: { [COPIED_REGISTRY_TAG]: 'there' } };
      kept.set(copy.id, settled);
      return settled;
    },
    async remove(copy) {
      await step();
      kept.delete(copy.id);
    },
  };
}

describe('who makes the copy of something', () => {
  it('is one of many, however their steps fall between each other', async () => {
    for (let seed = 1; seed <= 150; seed++) {
      let state = seed;
      const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
      const kept = new Map<string, Candidate>();
      const step = async () => {
        for (let turns = Math.floor(random() * 12); turns > 0; turns--) await null;
      };
      const id = () => random().toString(36).slice(2);
      const makers = Array.from({ length: 2 + (seed % 4) }, () =>
        electCopy(candidatesOf(kept, { id, step })),
      );
      const elected = await Promise.all(makers);
      expect([...kept.keys()], `seed ${seed}`).toEqual([elected[0]!.copy.id]);
      expect(new Set(elected.map(({ copy }) => copy.id)).size).toBe(1);
      expect(elected.filter(({ place }) => place === 'new').length).toBeLessThanOrEqual(1);
    }
  });

  it('goes on with what somebody made who died before it was settled', async () => {
    const kept = new Map<string, Candidate>([['dead', { id: 'dead', tags: {} }]]);
    const step = async () => undefined;
    const { copy, place } = await electCopy(candidatesOf(kept, { id: () => 'mine', step }));
    expect([copy.id, place]).toEqual(['dead', 'resumed']);
    expect([...kept.keys()]).toEqual(['dead']);
  });
});

it('leaves one copy of every run that several processes copy at the same time', async () => {
  const folder = temporaryFolder();
  const uris = ['from', 'to'].map((name) => `sqlite:///${folder}/${name}.db`) as [string, string];
  const from = await openRegistry(uris[0]);
  const to = await openRegistry(uris[1]);
  const runs: Run[] = [];
  for (let i = 0; i < 8; i++) {
    const run = await logRun(from, { runName: `run ${i}`, startTime: i });
    const { experimentId, runId } = run;
    const model = await from.createLoggedModel({ experimentId, name: 'm', sourceRunId: runId });
    await from.uploadArtifact(model.modelId, 'MLmodel', new TextEncoder().encode('flavors: {}'));
    await from.finalizeLoggedModel(model.modelId, 'READY');
    await from.logModels(runId, { outputs: [{ modelId: model.modelId, step: 0 }] });
    runs.push(await from.getRun(runId));
  }
  const { experimentId } = await to.ensureExperiment('churn');
  const copiers = await Promise.all([1, 2, 3].map(() => startProcess('copy-in-step.ts', uris)));
  const runIds = runs.map(({ runId }) => runId);
  const task = { runIds, startAt: Date.now() + 300, everyMs: 150 };
  const told = await Promise.all(copiers.map((copier) => ask(copier, task)));
  expect(new Set(told).size).toBe(1);
  const copies = JSON.parse(told[0]!) as string[];
  expect((await runsOf(to)).map(({ runId }) => runId)).toEqual(copies);
  expect((await to.searchLoggedModels({ experimentIds: [experimentId] })).items).toHaveLength(8);
  for (const [i, { runId }] of runs.entries()) {
    const copy = { registry: to, runId: copies[i]! };
    await expectSameRun({ registry: from, runId }, copy);
    expect((await to.getRun(copy.runId)).modelOutputs).toHaveLength(1);
  }
  await from.close();
  await to.close();
});

it('is one copy too where one process asks for it many times at once', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const { runId } = await logRun(from);
  const copies = await Promise.all(
    Array.from({ length: 6 }, () => copyRun({ from, to }, { runId })),
  );
  expect(new Set(copies.map((copy) => copy.runId)).size).toBe(1);
  expect(await runsOf(to)).toHaveLength(1);
  await expectSameRun({ registry: from, runId }, { registry: to, runId: copies[0]!.runId });
});
