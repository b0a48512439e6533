import { type GivenFile, givenFile } from '@gnu-mlops/app-runtime';
import type { Config } from '@gnu-mlops/core/config';
import { formatOf } from '@gnu-mlops/data';
import { FileExistsError } from './errors.ts';
import type { NewPath } from './files.ts';
import type { Terminal } from './terminal.ts';

/**
 * The place of a file that is to be written, on this machine or elsewhere.
 *
 * @throws {FileExistsError} when something is there and `force` was not given.
 */
export async function newOutput(
  config: Pick<Config, 's3' | 'databricks'>,
  { cwd, signal }: Pick<Terminal, 'cwd' | 'signal'>,
  { path, force }: NewPath,
): Promise<GivenFile> {
  const output = givenFile(config, path, { cwd, signal });
  if (!force && (await output.exists())) throw new FileExistsError(path);
  return output;
}

/**
 * The place of a table that is to be written, on this machine or elsewhere.
 *
 * @throws what {@link newOutput} throws, and {@link FormatUnknownError} of `@gnu-mlops/data`, before
 *   anything is asked for.
 */
export async function newTable(
  config: Pick<Config, 's3' | 'databricks'>,
  terminal: Pick<Terminal, 'cwd' | 'signal'>,
  table: NewPath,
): Promise<GivenFile> {
  formatOf(table.path);
  return newOutput(config, terminal, table);
}

/** Write a text whole. */
export async function writeText(output: GivenFile, text: string): Promise<void> {
  const sink = await output.open();
  try {
    await sink.write(text);
    await sink.commit();
  } finally {
    await sink.abort();
  }
}
