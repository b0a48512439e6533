import type { SignatureType } from '@gnu-mlops/core';
import { wholeText } from './sql-text.ts';

/** A column that DuckDB has. */
export interface FoundColumn {
  /** As the source calls it. */
  readonly name: string;
  /** As DuckDB calls it, in quotes. */
  readonly x: string;
  /** DuckDB's own name for its type. */
  readonly duckType: string;
}

/** How a column of DuckDB becomes one of a table. */
export interface DuckColumn extends FoundColumn {
  /** Undefined: it holds what no column of a table can. */
  readonly type: SignatureType | undefined;
  /**
   * SQL of its cells as DOUBLE (NaN where missing), UTINYINT (255 where missing) or VARCHAR (blank
   * where missing).
   */
  readonly cells: string;
  /** The texts that `cells` are numbers of, from 0, as INTEGER (-1 where missing). */
  readonly texts?: readonly string[];
  /** SQL that says of a cell whether a double holds it exactly; undefined: one always does. */
  readonly isExact?: string;
}

const smallWhole = /^U?(TINYINT|SMALLINT|INTEGER)$/;
const bigWhole = /^(U?BIGINT|U?HUGEINT|BIGNUM)$/;
const decimal = /^DECIMAL\((\d+),(\d+)\)$/;
const texts = /^(VARCHAR|UUID|JSON|ENUM\(.*\)|TIME.*|INTERVAL|BIT)$/s;

/** The most decimal digits that a double holds whatever they are. */
const exactDigits = 15;

/** @param column whose type is named as `DESCRIBE` has it. */
export function duckColumn(column: FoundColumn): DuckColumn {
  const { x, duckType } = column;
  const number = `coalesce(${x}::DOUBLE, 'nan'::DOUBLE)`;
  if (duckType.endsWith(']')) return { ...column, type: undefined, cells: x };
  if (duckType === 'BOOLEAN') {
    return { ...column, type: 'boolean', cells: `coalesce(${x}::UTINYINT, 255::UTINYINT)` };
  }
  if (smallWhole.test(duckType)) return { ...column, type: 'long', cells: number };
  if (bigWhole.test(duckType)) {
    // A type without a sign is not held against what is below zero: that would make it one with a sign.
    const isExact = duckType.startsWith('U')
      ? `${x} <= 9007199254740991`
      : `${x} BETWEEN -9007199254740991 AND 9007199254740991`;
    return { ...column, type: 'long', cells: number, isExact };
  }
  if (duckType === 'FLOAT' || duckType === 'DOUBLE' || duckType === '"NULL"') {
    return { ...column, type: 'double', cells: number };
  }
  const digits = decimal.exec(duckType);
  if (digits !== null) {
    const isExact = `try_cast(${x}::DOUBLE AS ${duckType}) = ${x}`;
    const isShort = Number(digits[1]) <= exactDigits;
    return { ...column, type: 'double', cells: number, ...(!isShort && { isExact }) };
  }
  if (duckType === 'DATE' || duckType.startsWith('TIMESTAMP')) {
    return { ...column, type: 'datetime', cells: milliseconds(x, duckType) };
  }
  if (texts.test(duckType)) return textColumn(column);
  return { ...column, type: undefined, cells: x };
}

/** The same column as text, which loses nothing. */
export function textColumn({ name, x, duckType }: FoundColumn): DuckColumn {
  const text = duckType === 'VARCHAR' ? wholeText(x) : `${x}::VARCHAR`;
  return { name, x, duckType, type: 'string', cells: `coalesce(${text}, '')` };
}

/**
 * Whole seconds and the rest are added as core's `parseTimestamp` does, so that a time has the same
 * bits from every kind of file. Infinite times are missing: no clock shows them.
 */
function milliseconds(x: string, duckType: string): string {
  const isNano = duckType === 'TIMESTAMP_NS';
  const ticks = isNano ? `epoch_ns(${x})` : `epoch_us(${x})`;
  const perSecond = isNano ? '1000000000' : '1000000';
  const perMs = isNano ? '1e6' : '1e3';
  const rest = `((${ticks} % ${perSecond} + ${perSecond}) % ${perSecond})`;
  const time = `(${ticks} - ${rest})::DOUBLE / ${perMs} + ${rest}::DOUBLE / ${perMs}`;
  return `coalesce(${time}, 'nan'::DOUBLE)`;
}
