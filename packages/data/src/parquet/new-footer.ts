import type { Column } from '@gnu-mlops/core';
import type { ColumnChunk } from './column-chunk.ts';
import { fileFields, groupFields, schemaFields } from './parquet-codes.ts';
import { schemaElement } from './schema-element.ts';
import { thriftTypes } from './thrift-struct.ts';
import {
  i32Field,
  i64Field,
  listField,
  structField,
  textField,
  writeStruct,
} from './write-thrift.ts';

/** A row group as a footer has it. */
export interface WrittenGroup {
  readonly rowCount: number;
  readonly chunks: readonly ColumnChunk[];
}

const version = 1;
const createdBy = 'gnu-mlops';

/** The footer of a file that holds nothing but these columns. */
export function newFooter(
  columns: readonly { readonly name: string; readonly kind: Column['kind'] }[],
  groups: readonly WrittenGroup[],
): Uint8Array {
  const root = writeStruct([
    textField(schemaFields.name, 'schema'),
    i32Field(schemaFields.childCount, columns.length),
  ]);
  const elements = columns.map(({ name, kind }) => writeStruct(schemaElement(name, kind)));
  const byType = writeStruct([structField(1, [])]);
  const structs = (all: readonly Uint8Array[]) => ({
    elementType: thriftTypes.struct,
    elements: all,
  });
  return writeStruct([
    i32Field(fileFields.version, version),
    listField(fileFields.schema, structs([root, ...elements])),
    i64Field(
      fileFields.rowCount,
      groups.reduce((sum, { rowCount }) => sum + rowCount, 0),
    ),
    listField(fileFields.rowGroups, structs(groups.map(describeGroup))),
    textField(fileFields.createdBy, createdBy),
    listField(fileFields.columnOrders, structs(columns.map(() => byType))),
  ]);
}

function describeGroup({ rowCount, chunks }: WrittenGroup): Uint8Array {
  const descriptions = chunks.map(({ description }) => description);
  const sum = (size: (chunk: ColumnChunk) => number) =>
    chunks.reduce((bytes, chunk) => bytes + size(chunk), 0);
  return writeStruct([
    listField(groupFields.columns, { elementType: thriftTypes.struct, elements: descriptions }),
    i64Field(
      groupFields.totalBytes,
      sum(({ plainBytes }) => plainBytes),
    ),
    i64Field(groupFields.rowCount, rowCount),
    i64Field(
      groupFields.compressedBytes,
      sum(({ storedBytes }) => storedBytes),
    ),
  ]);
}
