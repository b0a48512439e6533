import { createSampleTable, openTableWriter, writeTable } from '../../src/index.ts';
import type { WriteOutcome } from './write-in-child.ts';

const { paths, isKilled, uid } = JSON.parse(process.argv[2]!) as {
  readonly paths: readonly string[];
  readonly isKilled: boolean;
  readonly uid?: number;
};
const { table } = createSampleTable({ kind: 'churn', rows: 8000, seed: 1 });
if (uid !== undefined) process.setuid!(uid);
const outcomes: WriteOutcome[] = [];
if (isKilled) {
  for (const path of paths) await (await openTableWriter(path)).write(table);
  process.kill(process.pid, 'SIGKILL');
}
for (const path of paths) {
  try {
    await writeTable(path, table);
    outcomes.push({ written: path });
  } catch (error) {
    const { code, message } = error as Error & { readonly code: string };
    outcomes.push({ error: `${code}: ${message}` });
  }
}
process.stdout.write(JSON.stringify(outcomes));
