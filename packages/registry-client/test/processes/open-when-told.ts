import { openRegistry } from '../../src/open-registry.ts';

/** Opens the registry that it is told to, and says whether that went well. */
process.on('message', (uri: string) => {
  openRegistry(uri)
    .then(async (registry) => {
      await registry.ensureExperiment('shared');
      await registry.close();
    })
    .then(
      () => process.send!('opened'),
      (error: unknown) => process.send!(String(error)),
    );
});
process.send!('ready');
