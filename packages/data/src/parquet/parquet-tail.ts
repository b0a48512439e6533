/** The end of a Parquet file: its footer, and how long that is. */
export function parquetTail(footer: Uint8Array): Uint8Array {
  const end = Buffer.from('0000PAR1');
  end.writeUInt32LE(footer.length);
  return Buffer.concat([footer, end]);
}
