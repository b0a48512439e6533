import type { LearningTask } from './learning-task.ts';

/** The class codes of some rows, as the splits take them; nothing where the target is a number. */
export function takeLabels({ target }: LearningTask, rows: Int32Array): { labels?: Int32Array } {
  if (target.task === 'regression') return {};
  return { labels: rows.map((row) => target.labels[row]!) };
}
