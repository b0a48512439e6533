import { writeSync } from 'node:fs';
import { openOfflineRun } from '../../src/offline/open-offline-run.ts';

/** What the process says on its output once it is done: it must still be there after a kill. */
export type OfflineAcknowledgement =
  | { readonly kind: 'run'; readonly folder: string }
  | { readonly kind: 'batch'; readonly step: number }
  | { readonly kind: 'artifact'; readonly path: string };

const run = await openOfflineRun(process.argv[2]!, { experimentName: 'killed', startTime: 0 });

/** Written at once, so that nothing acknowledged waits in a buffer of the process. */
function acknowledge(acknowledgement: OfflineAcknowledgement): void {
  writeSync(1, `${JSON.stringify(acknowledgement)}\n`);
}

acknowledge({ kind: 'run', folder: run.folder });
for (let step = 0; ; step++) {
  await run.logBatch({
    metrics: Array.from({ length: 200 }, (_, i) => {
      return { key: `loss ${i}`, value: step, timestamp: step, step };
    }),
  });
  acknowledge({ kind: 'batch', step });
  const path = `file-${step}`;
  await run.uploadArtifact(path, new Uint8Array(5000).fill(step));
  acknowledge({ kind: 'artifact', path });
}
