/** A column of a query's result, as the server describes it. */
export interface SqlColumn {
  readonly name: string;
  /** Without parameters: `BIGINT`, `DECIMAL`, `STRING`, ... */
  readonly type: string;
  /** With parameters: `DECIMAL(20,4)`. */
  readonly typeText: string;
  /** Digits of a DECIMAL; 0 for other types. */
  readonly precision: number;
}

/** What the driver hands out, as far as it matters here. */
export interface DriverSchema {
  readonly columns: readonly {
    readonly columnName: string;
    readonly typeDesc: {
      readonly types: readonly {
        readonly primitiveEntry?: {
          readonly type: number;
          readonly typeQualifiers?: {
            readonly qualifiers?: {
              readonly [name: string]: { readonly i32Value?: number | null };
            };
          } | null;
        };
      }[];
    };
  }[];
}

/** The types by their numbers in the protocol, `TTypeId`. */
const typeNames = [
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INT',
  'BIGINT',
  'FLOAT',
  'DOUBLE',
  'STRING',
  'TIMESTAMP',
  'BINARY',
  'ARRAY',
  'MAP',
  'STRUCT',
  'UNION',
  'USER_DEFINED',
  'DECIMAL',
  'VOID',
  'DATE',
  'VARCHAR',
  'CHAR',
  'INTERVAL YEAR TO MONTH',
  'INTERVAL DAY TO SECOND',
];

/** The columns of a result, in their order. */
export function sqlColumns(schema: DriverSchema | null): SqlColumn[] {
  return (schema?.columns ?? []).map(({ columnName, typeDesc }) => {
    const entry = typeDesc.types[0]?.primitiveEntry;
    const type = (entry && typeNames[entry.type]) ?? 'UNKNOWN';
    const qualifiers = entry?.typeQualifiers?.qualifiers;
    const precision = type === 'DECIMAL' ? (qualifiers?.['precision']?.i32Value ?? 38) : 0;
    const scale = qualifiers?.['scale']?.i32Value ?? 0;
    const typeText = type === 'DECIMAL' ? `DECIMAL(${precision},${scale})` : type;
    return { name: columnName, type, typeText, precision };
  });
}
