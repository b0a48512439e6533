import type { Column } from '@gnu-mlops/core';
import { physicalTypes, schemaFields } from './parquet-codes.ts';
import { type ThriftField, type ThriftStruct, thriftTypes } from './thrift-struct.ts';
import { i32Field, structField, textField } from './write-thrift.ts';

const optional = 1;
const utf8 = 0;
const timestampMicros = 10;

/** The physical type that cells of a kind are stored as. */
export function physicalTypeOf(kind: Column['kind']): number {
  switch (kind) {
    case 'numeric':
      return physicalTypes.double;
    case 'integer':
    case 'timestamp':
      return physicalTypes.int64;
    case 'boolean':
      return physicalTypes.boolean;
    case 'categorical':
    case 'text':
      return physicalTypes.byteArray;
  }
}

/** How a schema names a column of a kind: a text is UTF-8, a time counts microseconds. */
export function schemaElement(name: string, kind: Column['kind']): ThriftStruct {
  return [
    i32Field(schemaFields.type, physicalTypeOf(kind)),
    i32Field(schemaFields.repetition, optional),
    textField(schemaFields.name, name),
    ...meaningOf(kind),
  ];
}

function meaningOf(kind: Column['kind']): ThriftField[] {
  switch (kind) {
    case 'categorical':
    case 'text':
      return [
        i32Field(schemaFields.convertedType, utf8),
        structField(schemaFields.logicalType, [structField(1, [])]),
      ];
    case 'timestamp':
      return [
        i32Field(schemaFields.convertedType, timestampMicros),
        structField(schemaFields.logicalType, [structField(8, localMicroseconds())]),
      ];
    default:
      return [];
  }
}

/** Without a zone, as tables are written to Parquet everywhere here. */
function localMicroseconds(): ThriftStruct {
  const isAdjustedToUtc = { id: 1, type: thriftTypes.false, bytes: new Uint8Array(0) };
  return [isAdjustedToUtc, structField(2, [structField(2, [])])];
}
