import { openRegistry } from '@gnu-mlops/registry-client';
import { startRegistryServer } from '../../src/index.ts';

/*
 * A server in a process of its own, for suites in Python: prints the port that it listens on.
 * Usage: node serve.ts <database file> [<port>]
 */
const [file, port = '0'] = process.argv.slice(2);
const registry = await openRegistry(`sqlite:///${file}`);
const server = await startRegistryServer({
  registry,
  listen: { host: '127.0.0.1', port: Number(port) },
  rateLimit: 'off',
  onFailure: (error) => console.error(error),
});
console.log(server.port);

process.once('SIGTERM', async () => {
  await server.stop({ patienceMs: 0 });
  await registry.close();
});
