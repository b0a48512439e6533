import { DatabricksNameError } from './databricks-errors.ts';

/** A file or folder of a workspace, and which of the two file systems it lies in. */
export interface DatabricksPath {
  readonly system: 'dbfs' | 'volumes';
  /** As it was written, with or without scheme: messages name it. */
  readonly name: string;
  /** From the root, without scheme: `/Volumes/main/default/data/rows.csv`, `/FileStore/rows.csv`. */
  readonly path: string;
}

/**
 * Read `dbfs:/path` or `/Volumes/catalog/schema/volume/path`; `dbfs:/Volumes/...` is a volume too.
 *
 * @throws {DatabricksNameError}
 */
export function parseDatabricksPath(text: string): DatabricksPath {
  const path = text.replace(/^dbfs:(?=\/)/, '');
  const steps = path.split('/').slice(1);
  const isVolume = steps[0] === 'Volumes';
  const problem = problemOf({ text, path, steps, isVolume });
  if (problem !== undefined) {
    throw new DatabricksNameError(
      text,
      problem,
      'Write /Volumes/catalog/schema/volume/path or dbfs:/path.',
    );
  }
  return { system: isVolume ? 'volumes' : 'dbfs', name: text, path };
}

/** Whether a text is a path that {@link parseDatabricksPath} is for. */
export function isDatabricksPath(text: string): boolean {
  return text.startsWith('dbfs:/') || text.startsWith('/Volumes/');
}

function problemOf(name: {
  readonly text: string;
  readonly path: string;
  readonly steps: readonly string[];
  readonly isVolume: boolean;
}): string | undefined {
  const { text, path, steps, isVolume } = name;
  if (!path.startsWith('/') || path.startsWith('//')) return 'it is no path of a workspace';
  if (!isVolume && !text.startsWith('dbfs:')) return 'it is no path of a workspace';
  if (steps.some((step) => step === '.' || step === '..')) return 'it goes up or stays in place';
  const isShort = isVolume && steps.slice(1, 4).filter((step) => step !== '').length < 3;
  return isShort ? 'it names no volume' : undefined;
}
