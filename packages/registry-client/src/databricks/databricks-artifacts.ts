import { ArtifactNotFoundError } from '../artifact-errors.ts';
import { OperationUnsupportedError } from '../store-errors.ts';
import type { ArtifactOwner, ArtifactStore } from '../http/artifact-store.ts';
import { listOwned } from '../http/list-owned.ts';
import { type Wire, isMissing, orFail, put } from '../http/remote.ts';
import { readObject, readObjects } from '../http/wire-values.ts';
import { RemoteAnswerError } from '../remote-errors.ts';
import { beginRunMultipart } from './multipart-upload.ts';
import { type SignedAddress, readSignedAddress } from './signed-address.ts';
import { openSigned, putSigned } from './signed-transfer.ts';

/**
 * Artifacts of runs and logged models in the storage of a workspace, by addresses that the service
 * signs for each file.
 */
export function createDatabricksArtifacts(wire: Wire): ArtifactStore {
  return {
    async upload(owner, path, file) {
      // Of logged models the service signs for no parts.
      const parts =
        owner.kind === 'run'
          ? {
              beginMultipart: (partCount: number) =>
                beginRunMultipart(wire, { runId: owner.ownerId, path }, partCount),
            }
          : {};
      const upload = { label: labelOf(owner, path), ...file, ...parts };
      await putSigned(wire, () => sign(wire, owner, { path, purpose: 'write' }), upload);
    },
    async open(owner, path, options) {
      const notFound = () => new ArtifactNotFoundError(owner.ownerId, path);
      const signed = async () =>
        orFail(sign(wire, owner, { path, purpose: 'read' }), (refusal) =>
          isMissing(refusal) ? notFound() : undefined,
        );
      return openSigned(wire, signed, { label: labelOf(owner, path), notFound, ...options });
    },
    list: (owner, folder, options) => listOwned(wire, owner, { folder, ...options }),
    async remove() {
      const reason = 'Databricks deletes no artifacts. Delete their run or logged model.';
      throw new OperationUnsupportedError('deleteArtifact', wire.client.server, reason);
    },
  };
}

interface FileToSign {
  readonly path: string;
  readonly purpose: 'read' | 'write';
}

async function sign(
  wire: Wire,
  { kind, ownerId }: ArtifactOwner,
  { path, purpose }: FileToSign,
): Promise<SignedAddress> {
  if (kind === 'run') {
    const body = { run_id: ownerId, path: [path] };
    const answer = await put(wire, `artifacts/credentials-for-${purpose}`, body);
    return readSignedAddress(wire, first(wire, readObjects(answer, 'credential_infos')));
  }
  const verb = purpose === 'read' ? 'download' : 'upload';
  const endpoint = `logged-models/${ownerId}/artifacts/credentials-for-${verb}`;
  const answer = await put(wire, endpoint, { paths: [path] });
  const credential = first(wire, readObjects(answer, 'credentials'));
  return readSignedAddress(wire, readObject(credential, 'credential_info'));
}

function first<T>({ client }: Wire, items: readonly T[]): T {
  const item = items[0];
  if (item !== undefined) return item;
  throw new RemoteAnswerError(client.server, 'it signed no address for a file.');
}

function labelOf({ kind, ownerId }: ArtifactOwner, path: string): string {
  return `"${path}" of ${kind} ${ownerId}`;
}
