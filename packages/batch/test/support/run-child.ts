import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS } from '@gnu-mlops/test-kit';
import type { BatchOptions } from '../../src/batch-options.ts';
import type { ChildAnswer, ChildOrder } from './batch-child.ts';

const childPath = fileURLToPath(new URL('batch-child.ts', import.meta.url));

/** How to run the child. */
export interface ChildOptions {
  readonly killBefore?: number;
  /** Numeric id of the user that it runs as; default: the test's own. */
  readonly uid?: number;
}

/**
 * Run a batch in a process of its own.
 *
 * @returns what it says; undefined when it was killed.
 */
export async function runChild(
  batch: BatchOptions,
  { killBefore = 0, uid }: ChildOptions = {},
): Promise<ChildAnswer | undefined> {
  const order: ChildOrder = {
    inputFolder: batch.inputFolder,
    outputFolder: batch.outputFolder,
    archiveFolder: batch.archiveFolder!,
    ledgerPath: batch.ledgerPath,
    killBefore,
  };
  const child = spawn(process.execPath, [...SOURCE_FLAGS, childPath, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (signal === 'SIGKILL') return undefined;
  if (code !== 0) throw new Error(`The child ended with code ${String(code)}: ${output}`);
  return JSON.parse(output) as ChildAnswer;
}
