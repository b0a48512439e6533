import type { Column } from '@gnu-mlops/core';
import type { ColumnChunk } from './column-chunk.ts';
import { fileFields, groupFields, schemaFields } from './parquet-codes.ts';
import { type ParquetFooter, needed } from './parquet-footer.ts';
import { readInteger, readList, readStruct } from './read-thrift.ts';
import { schemaElement } from './schema-element.ts';
import { type ThriftStruct, fieldBytes, thriftTypes, withField } from './thrift-struct.ts';
import { i32Field, i64Field, listField, structField, writeStruct } from './write-thrift.ts';

/** Columns that every row group of a file gets behind its own. */
export interface FooterExtension {
  readonly columns: readonly { readonly name: string; readonly kind: Column['kind'] }[];
  /** By row group, the chunks of those columns. */
  readonly groups: readonly (readonly ColumnChunk[])[];
}

/**
 * The footer of a file with more columns; what it says of the file's own ones stays as it is. Notes of
 * those who wrote the file are left out: several of them keep their own schema there, without ours.
 */
export function extendFooter(footer: ParquetFooter, extension: FooterExtension): Uint8Array {
  const { metadata } = footer;
  const groups = footer.groups.map((group, index) =>
    writeStruct(extendGroup(group, extension.groups[index]!)),
  );
  const withSchema = withField(metadata, extendSchema(metadata, extension.columns));
  const withGroups = withField(
    withSchema,
    listField(fileFields.rowGroups, { elementType: thriftTypes.struct, elements: groups }),
  );
  const withOrders = extendOrders(withGroups, extension.columns.length);
  return writeStruct(withOrders.filter(({ id }) => id !== fileFields.keyValues));
}

function extendSchema(metadata: ThriftStruct, columns: FooterExtension['columns']) {
  const { elements } = readList(needed(metadata, fileFields.schema));
  const [root = new Uint8Array(0), ...own] = elements;
  const top = readStruct(root);
  const count = Number(readInteger(needed(top, schemaFields.childCount))) + columns.length;
  const extended = writeStruct(withField(top, i32Field(schemaFields.childCount, count)));
  const added = columns.map(({ name, kind }) => writeStruct(schemaElement(name, kind)));
  return listField(fileFields.schema, {
    elementType: thriftTypes.struct,
    elements: [extended, ...own, ...added],
  });
}

function extendGroup(group: ThriftStruct, chunks: readonly ColumnChunk[]): ThriftStruct {
  const { elements } = readList(needed(group, groupFields.columns));
  const added = chunks.map(({ description }) => description);
  const columns = { elementType: thriftTypes.struct, elements: [...elements, ...added] };
  const plainBytes = chunks.reduce((sum, chunk) => sum + chunk.plainBytes, 0);
  const storedBytes = chunks.reduce((sum, chunk) => sum + chunk.storedBytes, 0);
  const withColumns = withField(group, listField(groupFields.columns, columns));
  const withPlain = addTo(withColumns, groupFields.totalBytes, plainBytes);
  return addTo(withPlain, groupFields.compressedBytes, storedBytes);
}

/** Add to a number where the struct has it. */
function addTo(struct: ThriftStruct, id: number, more: number): ThriftStruct {
  const bytes = fieldBytes(struct, id);
  return bytes === undefined
    ? struct
    : withField(struct, i64Field(id, readInteger(bytes) + BigInt(more)));
}

/** Where a footer says how the values of each column compare, it must say so of all of them. */
function extendOrders(metadata: ThriftStruct, count: number): ThriftStruct {
  const bytes = fieldBytes(metadata, fileFields.columnOrders);
  if (bytes === undefined) return metadata;
  const byType = writeStruct([structField(1, [])]);
  const { elements } = readList(bytes);
  const all = [...elements, ...Array.from({ length: count }, () => byType)];
  const orders = { elementType: thriftTypes.struct, elements: all };
  return withField(metadata, listField(fileFields.columnOrders, orders));
}
