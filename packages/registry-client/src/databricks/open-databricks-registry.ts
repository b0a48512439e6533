import { type HttpSurroundings, createHttpClient, sendingOf } from '../http/http-client.ts';
import { LEDGER_EXPERIMENT } from '../http/ledger-run.ts';
import { type RemoteSurroundings, createRemoteRegistry } from '../http/open-http-registry.ts';
import type { Remote } from '../http/remote.ts';
import type { Registry } from '../registry.ts';
import type { DatabricksLocation } from '../registry-uri.ts';
import { unsupportedOperations } from '../unsupported-operations.ts';
import { checkS3Options } from './cloud/s3-endpoint.ts';
import { createDatabricksArtifacts } from './databricks-artifacts.ts';
import type { DatabricksOptions } from './databricks-options.ts';
import { experimentPath } from './experiment-path.ts';
import { principalAuthorization } from './service-principal.ts';
import { listSourceFiles } from './source-files.ts';
import { createUnityMlflowDialect } from './unity-mlflow-dialect.ts';
import { createUnityModelStore } from './unity-model-store.ts';
import { createUnityNativeDialect } from './unity-native-dialect.ts';
import { createWorkspaceModelStore } from './workspace-model-store.ts';
import { parseWorkspaceAddress } from './workspace-address.ts';

/**
 * A registry on Databricks: experiments and runs of a workspace, and the models of that workspace or
 * of Unity Catalog. Nothing is sent before it is used.
 *
 * @throws {RegistryUriUnsupportedError} for a host that is none.
 */
export function openDatabricksRegistry(
  { flavor, profile }: DatabricksLocation,
  databricks: DatabricksOptions,
  surroundings: RemoteSurroundings,
): Registry {
  const { catalog, schema, experimentFolder = '/Shared', dialect = 'mlflow' } = databricks;
  const storage = checkS3Options(databricks.storage ?? {});
  const client = createHttpClient(parseWorkspaceAddress(databricks.host), {
    ...surroundings,
    ...credentialsOf(databricks, surroundings),
  });
  const models =
    flavor === 'databricks'
      ? createWorkspaceModelStore({ client }, surroundings.now)
      : createUnityModelStore(
          { client },
          {
            catalog,
            schema,
            storage,
            now: surroundings.now,
            dialect:
              dialect === 'native'
                ? createUnityNativeDialect({ client })
                : createUnityMlflowDialect({ client }),
            listSourceFiles: (source) => listSourceFiles(remote, source),
          },
        );
  const remote: Remote = {
    client,
    now: surroundings.now,
    userId: surroundings.userId,
    models,
    artifacts: createDatabricksArtifacts({ client }),
    ledgerExperiment: experimentPath(experimentFolder, LEDGER_EXPERIMENT),
  };
  const uri = profile === undefined ? flavor : `${flavor}://${profile}`;
  const registry = createRemoteRegistry(uri, remote);
  const pathOf = (name: string) => experimentPath(experimentFolder, name);
  return {
    ...registry,
    ...unsupportedOperations(uri, { deleteArtifact: noDeletion }),
    ...(flavor === 'databricks' ? {} : unsupportedOperations(uri, withoutStages)),
    createExperiment: async (name, experiment) =>
      registry.createExperiment(pathOf(name), experiment),
    ensureExperiment: async (name) => registry.ensureExperiment(pathOf(name)),
    findExperiment: async (name) => registry.findExperiment(pathOf(name)),
    updateExperiment: async (id, { name }) => registry.updateExperiment(id, { name: pathOf(name) }),
  };
}

const noDeletion = 'Databricks deletes no artifacts. Delete their run or logged model.';
const noStages = 'Unity Catalog has no stages of MLflow. Use moveStage, which moves aliases.';
const withoutStages = { moveMlflowStage: noStages, findLatestVersions: noStages };

/** Nothing but these: a user and password of an MLflow server are not for Databricks. */
function credentialsOf(
  { host, credentials }: DatabricksOptions,
  surroundings: RemoteSurroundings,
): Pick<HttpSurroundings, 'authorization'> {
  if ('token' in credentials) {
    const header = `Bearer ${credentials.token}`;
    return { authorization: { header: async () => header, renew: () => 'fixed' } };
  }
  const sending = sendingOf(parseWorkspaceAddress(host), surroundings);
  return { authorization: principalAuthorization(credentials, sending) };
}
