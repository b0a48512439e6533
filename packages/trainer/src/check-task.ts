import type { Task } from '@gnu-mlops/core';
import type { Algorithm } from './algorithm.ts';
import { TaskUnsupportedError } from './errors.ts';

/** @throws {TaskUnsupportedError} when the algorithm does not do the task, naming those that do. */
export function checkTask(algorithm: Algorithm, task: Task, others: readonly Algorithm[]): void {
  if (algorithm.tasks.includes(task)) return;
  const able = others.filter(({ tasks }) => tasks.includes(task));
  throw new TaskUnsupportedError(
    algorithm.name,
    task,
    able.map(({ name }) => name),
  );
}
