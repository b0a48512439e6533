/**
 * The text of a file or a pipe, without the mark in front of it that some programs write.
 *
 * @throws an error that says so when the bytes are not UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error('it is not UTF-8', { cause });
  }
}
