import { isGnuMlopsError } from '@gnu-mlops/core';
import { openRegistry } from '../../src/open-registry.ts';

// Opens the registry it is told, makes a run in it, and prints how that went.
try {
  const registry = await openRegistry(process.argv[2]!);
  await registry.createRun({ experimentId: '0', startTime: 0 });
  console.log('written');
} catch (error) {
  console.log(isGnuMlopsError(error) ? `${error.code}: ${error.message}` : String(error));
}
