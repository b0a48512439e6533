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
  const parentsOf = ({ tags }: Item) =>
    PARENT_TAGS.flatMap((tag) => byId.get(tags[tag] ?? '') ?? []);
  const seen = new Set<Item>();
  const ordered = new Set<Item>();
  for (const run of oldestFirst) {
    // From a run up to its parents: each takes its place once all that it waits for have theirs.
    const waiting = [run];
    for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
      seen.add(top);
      const parent = parentsOf(top).find((one) => !seen.has(one));
      if (parent !== undefined) waiting.push(parent);
      else ordered.add(waiting.pop()!);
    }
  }
  return [...ordered];
}
