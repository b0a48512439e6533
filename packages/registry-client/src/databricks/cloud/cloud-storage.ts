import type { CallOptions } from '../../call-options.ts';
import type { Artifact, ArtifactContent, ArtifactStream } from '../../entities.ts';

/** The folder of one version in a cloud's storage. Paths are below it, with `/`. */
export interface CloudStorage {
  /** What lies right below a folder ('' is the root), in any order; nothing where it is none. */
  list(folder: string, options: CallOptions): Promise<Artifact[]>;
  /** @throws what `notFound` gives where there is no such file. */
  open(path: string, options: OpenOptions): Promise<ArtifactStream>;
  /** Write a file whole: where that fails, nothing of it is left behind. */
  write(path: string, file: CloudFile): Promise<void>;
}

/** How a file is opened. */
export interface OpenOptions extends CallOptions {
  readonly notFound: () => Error;
}

/** A file on its way to a storage. */
export interface CloudFile extends CallOptions {
  readonly content: ArtifactContent;
  /** Where it is known before the bytes are. */
  readonly sizeBytes?: number | undefined;
}
