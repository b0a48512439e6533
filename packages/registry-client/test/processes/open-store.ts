import { openRegistry } from '../../src/open-registry.ts';

/** Opens the registry it is told when it is told to, and stays until it is killed. */
process.on('message', () => {
  openRegistry(process.argv[2]!).then(
    () => process.send!('opened'),
    (error: unknown) => process.send!(String(error)),
  );
});
process.send!('ready');
