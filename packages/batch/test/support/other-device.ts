import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const sharedMemory = '/dev/shm';

/** Whether there is another device than the one that temporary folders are on. */
export const hasOtherDevice =
  existsSync(sharedMemory) && statSync(sharedMemory).dev !== statSync(tmpdir()).dev;

/** A folder on it, until the test ends. */
export function folderOnOtherDevice(): string {
  const folder = mkdtempSync(join(sharedMemory, 'gnu-mlops-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
