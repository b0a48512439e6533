/**
 * Numbers that stand in Parquet files, as its format definition names them.
 *
 * @see https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */

/** Of `FileMetaData`. */
export const fileFields = {
  version: 1,
  schema: 2,
  rowCount: 3,
  rowGroups: 4,
  keyValues: 5,
  createdBy: 6,
  columnOrders: 7,
  encryption: 8,
} as const;

/** Of `RowGroup`. */
export const groupFields = { columns: 1, totalBytes: 2, rowCount: 3, compressedBytes: 6 } as const;

/** Of `SchemaElement`. */
export const schemaFields = {
  type: 1,
  repetition: 3,
  name: 4,
  childCount: 5,
  convertedType: 6,
  logicalType: 10,
} as const;

export const physicalTypes = { boolean: 0, int64: 2, double: 5, byteArray: 6 } as const;
export const encodings = { plain: 0, rle: 3, rleDictionary: 8 } as const;
export const pageTypes = { data: 0, dictionary: 2 } as const;
export const codecs = { zstd: 6 } as const;
