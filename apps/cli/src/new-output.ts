import { type GivenOutput, givenOutput } from '@gnu-mlops/app-runtime';
import type { Config } from '@gnu-mlops/core/config';
import { formatOf } from '@gnu-mlops/data';
import { FileExistsError } from './errors.ts';
import type { Terminal } from './terminal.ts';

/** Where to write a table, and whether over what is there. */
interface NewTable {
  /** As the person gave it. */
  readonly path: string;
  readonly force: true | undefined;
}

/**
 * The place of a table that is to be written, on this machine or elsewhere.
 *
 * @throws {FileExistsError} when something is there and `force` was not given.
 * @throws {FormatUnknownError} of `@gnu-mlops/data`, before anything is read.
 */
export async function newOutput(
  config: Pick<Config, 's3' | 'databricks'>,
  { cwd, signal }: Pick<Terminal, 'cwd' | 'signal'>,
  { path, force }: NewTable,
): Promise<GivenOutput> {
  formatOf(path);
  const output = givenOutput(config, path, { cwd, signal });
  if (!force && (await output.exists())) throw new FileExistsError(path);
  return output;
}
