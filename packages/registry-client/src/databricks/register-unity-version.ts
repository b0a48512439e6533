import { collectContent } from '../collect-content.ts';
import type { ModelVersion } from '../entities.ts';
import { SourceUnsupportedError } from '../artifact-errors.ts';
import type { NewModelVersion } from '../registry.ts';
import { checkModelSignature } from './check-model-signature.ts';
import { SignatureMissingError } from './databricks-errors.ts';
import type { SourceFile } from './source-files.ts';
import type { UnityDialect } from './unity-dialect.ts';
import type { UnityFiles } from './unity-files.ts';

/** What making a version needs. */
export interface UnityRegistration {
  readonly dialect: UnityDialect;
  readonly files: UnityFiles;
  /** The files that a source names; undefined for one that cannot be read. */
  readonly listSourceFiles: (source: string) => Promise<readonly SourceFile[]> | undefined;
}

/**
 * Make a version in Unity Catalog: check that the model has a signature, make the version, copy its
 * files to where the service keeps them, and say that they are all there. A version whose files could
 * not be copied is deleted again.
 *
 * @throws {SignatureMissingError | SourceUnsupportedError | ArtifactLocationError}
 */
export async function registerUnityVersion(
  { dialect, files, listSourceFiles }: UnityRegistration,
  newVersion: NewModelVersion,
): Promise<ModelVersion> {
  const { name, source } = newVersion;
  // First, so that a model that is not there is what is said to be missing.
  await dialect.getModel(name);
  const listed = listSourceFiles(source);
  if (listed === undefined) throw new SourceUnsupportedError(name, '(new)', source);
  const sourceFiles = await listed;
  const description = sourceFiles.find(({ path }) => path === 'MLmodel');
  if (description === undefined) throw new SignatureMissingError(source, 'inputs');
  const text = await collectContent((await description.open()).content);
  checkModelSignature(new TextDecoder().decode(text), source);

  const made = await dialect.createVersion(newVersion);
  try {
    const write = await files.openWriter(made);
    for (const file of sourceFiles) await write(file);
    await dialect.finalizeVersion(made);
  } catch (error) {
    // Where that fails too, the version stays PENDING_REGISTRATION, and nobody can load it.
    await dialect.deleteVersion(made).catch(() => undefined);
    throw error;
  }
  return dialect.getVersion(made);
}
