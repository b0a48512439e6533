/** Moves the version it is told to production when it is told, and says how that went. Usage: URI */
import { isGnuMlopsError } from '@gnu-mlops/core';
import { openRegistry } from '@gnu-mlops/registry-client';

interface Task {
  readonly name: string;
  readonly version: string;
  readonly expectedHolder: string | null;
}

const registry = await openRegistry(process.argv[2]!);
process.on('message', (task: Task) => {
  const why = { actor: `process ${process.pid}`, reason: 'race', evidence: '{}', at: 0 };
  registry.moveStage({ ...task, stage: 'GNU_Production', ...why }).then(
    () => process.send!('won'),
    (error: unknown) => process.send!(isGnuMlopsError(error) ? error.code : String(error)),
  );
});
process.send!('ready');
