import type { Run } from '../entities.ts';
import { PARENT_TAGS } from './copied-run-tags.ts';

/**
 * Runs by the time they started, every one after those that it is a part of; where they go in
 * circles, any of them comes first.
 */
export function parentsFirst<Item extends Pick<Run, 'runId' | 'startTime' | 'tags'>>(
  runs: readonly Item[],
): Item[] {
  const oldestFirst = [...runs].sort(
    (a, b) => a.startTime - b.startTime || (a.runId < b.runId ? -1 : 1),
  );
  const byId = new Map(oldestFirst.map((run) => [run.runId, run]));
  const ordered = new Set<Item>();
  for (const run of oldestFirst) {
    // From the run up to one that is in its place, or that was seen on the way.
    const line = new Set<Item>();
    const waiting = [run];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (ordered.has(next) || line.has(next)) continue;
      line.add(next);
      for (const tag of PARENT_TAGS) {
        const parent = byId.get(next.tags[tag] ?? '');
        if (parent !== undefined) waiting.push(parent);
      }
    }
    for (const one of [...line].reverse()) ordered.add(one);
  }
  return [...ordered];
}
