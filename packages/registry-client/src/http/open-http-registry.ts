import type { Registry } from '../registry.ts';
import { unsupportedOperations } from '../unsupported-operations.ts';
import { createHttpClient } from './http-client.ts';
import type { HttpRegistryOptions } from './http-options.ts';
import { LEDGER_EXPERIMENT } from './ledger-run.ts';
import { createMlflowModelStore } from './mlflow-model-store.ts';
import { createProxyArtifacts } from './proxy-artifacts.ts';
import { modelMethods } from './model-methods.ts';
import { withServerStages } from './own-server.ts';
import type { Remote } from './remote.ts';
import { trackingMethods } from './tracking-methods.ts';

/** What surrounds a registry on a server. */
export interface RemoteSurroundings extends HttpRegistryOptions {
  readonly now: () => number;
  readonly userId: string;
}

/**
 * A registry on an MLflow server. Nothing is sent before it is used.
 *
 * @param server its address with the prefix it is served under, without credentials.
 */
export function openHttpRegistry(server: string, surroundings: RemoteSurroundings): Registry {
  const client = createHttpClient(server, surroundings);
  const remote: Remote = {
    client,
    now: surroundings.now,
    userId: surroundings.userId,
    models: createMlflowModelStore({ client }),
    artifacts: createProxyArtifacts({ client }),
    ledgerExperiment: LEDGER_EXPERIMENT,
  };
  return withServerStages(createRemoteRegistry(server, remote), remote);
}

/** A registry on any kind of server, as far as the parts of `remote` know it. */
export function createRemoteRegistry(uri: string, remote: Remote): Registry {
  return {
    uri,
    ...trackingMethods(remote),
    ...modelMethods(remote),
    ...unsupportedOperations(uri, {
      collectGarbage: 'a server keeps its own house. Use what it offers, such as "mlflow gc".',
    }),
    close: async () => remote.client.close(),
  };
}
