import { expect } from 'vitest';
import type { Run, Tags } from '../../src/entities.ts';
import type { Registry } from '../../src/registry.ts';
import { tagsToCopy } from '../../src/transfer/copy-tags.ts';
import { walkArtifacts } from '../../src/walk-artifacts.ts';

/** Expect a copy to hold everything that the original does. */
export async function expectSameRun(
  from: { readonly registry: Registry; readonly runId: string },
  to: { readonly registry: Registry; readonly runId: string },
  changedTags: Tags = {},
): Promise<void> {
  const original = await from.registry.getRun(from.runId);
  const copy = await to.registry.getRun(to.runId);
  expect(comparable(copy)).toEqual(comparable(original));
  expect(tagsToCopy(copy.tags)).toEqual({ ...tagsToCopy(original.tags), ...changedTags });
  expect(copy.tags).toMatchObject({ 'gnu_mlops.copied_from': from.runId });
  for (const key of Object.keys(original.metrics)) {
    const [expected, actual] = await Promise.all([
      from.registry.getMetricHistory(from.runId, key),
      to.registry.getMetricHistory(to.runId, key),
    ]);
    expect(actual.map(infiniteAgain)).toEqual(expected.map(infiniteAgain));
  }
  const files = await contents(from);
  expect(files.size).toBeGreaterThan(0);
  expect(await contents(to)).toEqual(files);
}

/** MLflow keeps infinities as the greatest number there is. */
function infiniteAgain<Point extends { readonly value: number }>(point: Point): Point {
  const { value } = point;
  return Math.abs(value) === Number.MAX_VALUE ? { ...point, value: value * 2 } : point;
}

function comparable({ latestMetrics, ...run }: Run) {
  const { runName, status, startTime, endTime, userId, params, inputs } = run;
  const metrics = latestMetrics.map(infiniteAgain);
  return { runName, status, startTime, endTime, userId, params, metrics, inputs };
}

async function contents(place: {
  readonly registry: Registry;
  readonly runId: string;
}): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const { path } of walkArtifacts(place.registry, { ownerId: place.runId })) {
    files.set(path, Buffer.from(await place.registry.downloadArtifact(place.runId, path)));
  }
  return files;
}
