import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeClock, temporaryFolder } from '@gnu-mlops/test-kit';
import type { BatchOptions } from '../../src/batch-options.ts';
import { thresholdPredictor } from './threshold-predictor.ts';

/** Folders of the running test's own, and the options of a run over them. */
export function batchScene() {
  const root = temporaryFolder();
  const folder = (name: string) => join(root, name);
  mkdirSync(folder('in'));
  const clock = createFakeClock();
  const options: BatchOptions = {
    inputFolder: folder('in'),
    outputFolder: folder('out'),
    archiveFolder: folder('archive'),
    archiveInput: true,
    predictor: thresholdPredictor(),
    batchRows: 2,
    ledgerPath: folder('ledger.db'),
    now: clock.now,
    settleMs: 0,
  };
  return {
    root,
    clock,
    options,
    put(name: string, content: string | Uint8Array) {
      writeFileSync(join(root, 'in', name), content);
    },
    read: (...path: string[]) => readFileSync(join(root, ...path), 'utf8'),
    /** What a folder holds, hidden files included; nothing when it is not there. */
    list(name: string): string[] {
      return existsSync(folder(name)) ? readdirSync(folder(name)).sort() : [];
    },
  };
}
