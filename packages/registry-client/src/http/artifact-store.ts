import type { CallOptions } from '../call-options.ts';
import type { Artifact, ArtifactContent, ArtifactStream } from '../entities.ts';

/** A run or logged model, whose artifacts lie at a location. */
export interface ArtifactOwner {
  readonly kind: 'run' | 'logged model';
  readonly ownerId: string;
  readonly artifactUri: string;
}

/** A file on its way to a server. */
export interface ArtifactFile extends CallOptions {
  readonly content: ArtifactContent;
  /** Where it is known before the bytes are. */
  readonly sizeBytes?: number | undefined;
}

/** The artifacts of runs and logged models as one kind of server keeps them. Paths are checked. */
export interface ArtifactStore {
  /** Write a file whole, replacing what was there. */
  upload(owner: ArtifactOwner, path: string, file: ArtifactFile): Promise<void>;
  /** @throws {ArtifactNotFoundError} */
  open(owner: ArtifactOwner, path: string, options: CallOptions): Promise<ArtifactStream>;
  /** What lies right below a folder ('' is the root), in any order; nothing where it is none. */
  list(owner: ArtifactOwner, folder: string, options: CallOptions): Promise<Artifact[]>;
  /** Delete a file, or a folder with what is in it, that is there. */
  remove(owner: ArtifactOwner, path: string): Promise<void>;
}
