import { type ByteReader, openByteReader } from '../byte-reader.ts';
import { fileError } from '../file-error.ts';

/**
 * Check that a path can be read: DuckDB's own words for one that cannot would be no code of ours.
 *
 * @throws {FileNotFoundError} and its kin.
 */
export async function checkReadable(path: string): Promise<void> {
  let reader: ByteReader | undefined;
  try {
    reader = await openByteReader(path);
  } catch (error) {
    throw fileError(error, path, 'read');
  } finally {
    await reader?.close();
  }
}
