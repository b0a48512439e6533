/**
 * A struct of Thrift's compact protocol, in which the footers and page headers of Parquet are written,
 * read one level deep: what is not looked into stays the bytes that it was.
 */
export type ThriftStruct = readonly ThriftField[];

/** A field of a struct. */
export interface ThriftField {
  readonly id: number;
  /** One of {@link thriftTypes}. */
  readonly type: number;
  /** Its value as it is written; none of a boolean, whose type says it. */
  readonly bytes: Uint8Array;
}

/** The elements of a list, each as it is written. */
export interface ThriftList {
  readonly elementType: number;
  readonly elements: readonly Uint8Array[];
}

export const thriftTypes = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
} as const;

/** A field's value; undefined where the struct does not have it. */
export function fieldBytes(struct: ThriftStruct, id: number): Uint8Array | undefined {
  return struct.find((field) => field.id === id)?.bytes;
}

/** The same struct with a field in place of the one of that id, or among the others by its id. */
export function withField(struct: ThriftStruct, field: ThriftField): ThriftStruct {
  const others = struct.filter(({ id }) => id !== field.id);
  return [...others, field].sort((a, b) => a.id - b.id);
}
