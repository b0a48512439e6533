import { ExportUnsupportedError } from '../errors.ts';

/** The databases that SQL is written for. */
export type SqlDialect = 'spark' | 'duckdb' | 'sqlite' | 'postgres';

/** A name in quotes, whatever is in it. @throws {ExportUnsupportedError} for what no name can hold. */
export function quoteIdentifier(name: string, dialect: SqlDialect): string {
  return quotePath([name], dialect);
}

/** A name of several parts, such as catalog, schema and table. @throws as {@link quoteIdentifier}. */
export function quotePath(parts: readonly string[], dialect: SqlDialect): string {
  if (parts.some((part) => part === '' || part.includes('\0'))) {
    throw new ExportUnsupportedError('SQL', 'a column or table has a name that SQL cannot hold');
  }
  const mark = dialect === 'spark' ? '`' : '"';
  const path = parts.map((part) => mark + part.replaceAll(mark, mark + mark) + mark).join('.');
  // What a variable of Spark's looks like can be escaped in a text alone.
  const isVariable = dialect === 'spark' && path.includes('${');
  return isVariable ? `IDENTIFIER(${quoteText(path, dialect)})` : path;
}

/** A text in quotes, whatever is in it. @throws {ExportUnsupportedError} for what no text can hold. */
export function quoteText(text: string, dialect: SqlDialect): string {
  if (text.includes('\0')) {
    throw new ExportUnsupportedError('SQL', 'a category or class holds a NUL, which SQL cannot');
  }
  // Spark reads backslashes in literals, and before that ${...} anywhere as a variable.
  if (dialect === 'spark') {
    return `'${text.replace(/[\\']/g, '\\$&').replaceAll('${', '\\u0024{')}'`;
  }
  return `'${text.replaceAll("'", "''")}'`;
}

/** A finite number as a double, and not as the decimal that some databases read. */
export function formatDouble(value: number, dialect: SqlDialect): string {
  const text = Object.is(value, -0) ? '0' : String(value);
  const isPlain = !text.includes('e');
  const literal = isPlain ? `${text}e0` : text;
  const written = {
    spark: `${isPlain && !text.includes('.') ? `${text}.0` : text.replace('e', 'E')}D`,
    duckdb: literal,
    sqlite: literal,
    postgres: `'${text}'::double precision`,
  }[dialect];
  return value < 0 ? `(${written})` : written;
}

/** The type of doubles, for casts. */
export function doubleType(dialect: SqlDialect): string {
  if (dialect === 'postgres') return 'DOUBLE PRECISION';
  return dialect === 'sqlite' ? 'REAL' : 'DOUBLE';
}

const ASCII_BLANKS = ' \t\n\v\f\r';
const OTHER_BLANKS =
  '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** A text without the blanks around it, as JavaScript trims it; databases know the space alone. */
export function trimmed(text: string, dialect: SqlDialect): string {
  const blanks = quoteText(ASCII_BLANKS + OTHER_BLANKS, dialect);
  switch (dialect) {
    case 'postgres':
      // Its databases may be in an encoding that has no others.
      return `BTRIM(${text}, ${quoteText(ASCII_BLANKS, dialect)})`;
    case 'spark':
      return `TRIM(BOTH ${blanks} FROM ${text})`;
    default:
      return `TRIM(${text}, ${blanks})`;
  }
}

/** The largest of several expressions. */
export function greatest(expressions: readonly string[], dialect: SqlDialect): string {
  return `${dialect === 'sqlite' ? 'MAX' : 'GREATEST'}(${expressions.join(', ')})`;
}
