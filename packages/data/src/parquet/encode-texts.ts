/** Texts as plain values: each behind its length in bytes. */
export function encodeTexts(texts: readonly string[]): Uint8Array {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.alloc(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at = bytes.writeUInt32LE(lengths[index]!, at);
    at += bytes.write(text, at);
  }
  return bytes;
}
