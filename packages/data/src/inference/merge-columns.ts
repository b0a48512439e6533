import type { ColumnSpec, SignatureType } from '@gnu-mlops/core';
import { PartsDifferError } from '../parts-errors.ts';
import type { InferredColumns } from './inferred-columns.ts';

/** What was found out about a part of a table, and what messages call it. */
export interface InferredPart extends InferredColumns {
  readonly name: string;
}

/**
 * The columns of a table out of those of its parts, as `concatTables` would have them.
 *
 * @param parts at least one.
 * @throws {PartsDifferError} when a column is not in all of them, or of types that do not go together.
 */
export function mergeColumns(parts: readonly InferredPart[]): InferredColumns {
  const first = parts[0]!;
  for (const part of parts) {
    checkNames(part, first);
    checkNames(first, part);
  }
  const signature = first.signature.map((spec) => ({ ...spec, type: commonType(spec, parts) }));
  const rowCount = parts.reduce((sum, part) => sum + part.rowCount, 0);
  const emptyColumns = first.emptyColumns.filter((name) =>
    parts.every((part) => part.emptyColumns.includes(name)),
  );
  const wholeColumns = signature
    .filter(({ name, type }) => type === 'double' && isWhole(name, parts))
    .map(({ name }) => name);
  return { signature, rowCount, emptyColumns, wholeColumns };
}

function isWhole(name: string, parts: readonly InferredPart[]): boolean {
  const filled = parts.filter((part) => !part.emptyColumns.includes(name));
  const isIn = ({ signature, wholeColumns }: InferredPart) =>
    wholeColumns.includes(name) ||
    signature.some((spec) => spec.name === name && spec.type === 'long');
  return filled.length > 0 && filled.every(isIn);
}

function checkNames(part: InferredPart, other: InferredPart): void {
  for (const { name } of other.signature) {
    if (part.signature.some((spec) => spec.name === name)) continue;
    throw new PartsDifferError(part.name, name, `it is missing, and "${other.name}" has it`);
  }
}

function commonType({ name }: ColumnSpec, parts: readonly InferredPart[]): SignatureType {
  const filled = parts.filter((part) => !part.emptyColumns.includes(name));
  const typeOf = (part: InferredPart) => part.signature.find((spec) => spec.name === name)!.type;
  const [first] = filled;
  if (first === undefined) return typeOf(parts[0]!);
  let type = typeOf(first);
  for (const part of filled) {
    const other = typeOf(part);
    if (other === type) continue;
    const isNumber = [type, other].every((each) => each === 'long' || each === 'double');
    if (!isNumber) {
      const problem = `its cells are ${other}, and those of "${first.name}" are ${typeOf(first)}`;
      throw new PartsDifferError(part.name, name, problem);
    }
    type = 'double';
  }
  // A part without a value has missing cells, unless it has no rows.
  const isPadded = parts.some((part) => part.emptyColumns.includes(name) && part.rowCount > 0);
  return type === 'long' && isPadded ? 'double' : type;
}
