import { parseTimestamp } from '@gnu-mlops/core';
import { DataChecksInvalidError } from '../errors.ts';
import { readExpression } from '../expression.ts';
import {
  type JsonNode,
  checkDistinct,
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readChoice,
  readNumber,
  readText,
  readWholeNumber,
} from '../json-node.ts';
import { boundValue } from './bound.ts';
import { type Bound, type CheckSeverity, DATA_CHECKS, type DataCheck } from './data-check.ts';
import { timeText } from './time-text.ts';

const kinds = ['numeric', 'integer', 'boolean', 'categorical', 'text', 'timestamp'] as const;
const severities: readonly CheckSeverity[] = ['fail', 'warn'];

/**
 * Read a list of checks, as it stands in a configuration or a file of its own. A check without a
 * severity fails; the bounds of a range may be dates (`2026-01-31`).
 *
 * @param path where the list stands, for messages.
 * @throws {DataChecksInvalidError} for an unknown check, field or value, naming its place and, where
 *   there is one, the nearest name.
 */
export function parseDataChecks(value: unknown, path = ''): DataCheck[] {
  const root = {
    value,
    path,
    invalid: (at: string, problem: string) => new DataChecksInvalidError(at, problem),
  };
  return itemsOf(root).map(readCheck);
}

function readCheck(node: JsonNode): DataCheck {
  const check = readChoice(field(node, 'check'), DATA_CHECKS);
  const severityNode = optionalField(node, 'severity');
  const severity = severityNode === undefined ? 'fail' : readChoice(severityNode, severities);
  const known = (...names: string[]) => checkFields(node, ['check', 'severity', ...names]);
  switch (check) {
    case 'row_count':
      known('min', 'max');
      return { check, severity, ...readBounds(node, (bound) => readWholeNumber(bound, 0)) };
    case 'expression':
      known('name', 'expression', 'tolerance');
      return { check, severity, ...readFormula(node), ...readTolerance(node) };
  }
  const column = readText(field(node, 'column'));
  switch (check) {
    case 'kind':
      known('column', 'kind');
      return { check, column, kind: readChoice(field(node, 'kind'), kinds), severity };
    case 'range':
      known('column', 'min', 'max', 'tolerance');
      return { check, column, ...readBounds(node, readBound), ...readTolerance(node), severity };
    case 'allowed_values':
      known('column', 'values', 'tolerance');
      return { check, column, values: readValues(node), ...readTolerance(node), severity };
    case 'null_share':
      known('column', 'max');
      return { check, column, max: readShare(field(node, 'max'), 1), severity };
    case 'unique':
      known('column');
      return { check, column, severity };
  }
}

function readBounds<Read extends Bound>(
  node: JsonNode,
  read: (bound: JsonNode) => Read,
): { min?: Read; max?: Read } {
  const [min, max] = [optionalField(node, 'min'), optionalField(node, 'max')];
  if (min === undefined && max === undefined) throw problemAt(node, 'it has neither min nor max.');
  const bounds = { ...(min && { min: read(min) }), ...(max && { max: read(max) }) };
  const isBothWays = bounds.min !== undefined && bounds.max !== undefined;
  if (isBothWays && boundValue(bounds.min!) > boundValue(bounds.max!)) {
    throw problemAt(node, 'its min is larger than its max.');
  }
  return bounds;
}

/** A number, or a time in ISO 8601, read as a cell is: in UTC where it names no offset. */
function readBound(node: JsonNode): Bound {
  if (typeof node.value !== 'string') return readNumber(node);
  const time = parseTimestamp(node.value);
  if (time === undefined) throw problemAt(node, 'it must be a number or a date (2026-01-31).');
  return timeText(time) ?? time;
}

function readValues(node: JsonNode): string[] {
  const list = field(node, 'values');
  const values = itemsOf(list).map(({ value }, i) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
    throw problemAt(itemsOf(list)[i]!, 'it must be a text, a number, true or false.');
  });
  if (values.length === 0) throw problemAt(list, 'it must name at least one value.');
  checkDistinct(list, values);
  return values;
}

function readFormula(node: JsonNode): { name?: string; expression: DataCheckFormula } {
  const name = optionalField(node, 'name');
  const formula = field(node, 'expression');
  const expression = typeof formula.value === 'string' ? formula.value : readExpression(formula);
  return { ...(name && { name: readText(name) }), expression };
}

type DataCheckFormula = Extract<DataCheck, { check: 'expression' }>['expression'];

function readTolerance(node: JsonNode): { tolerance?: number } {
  const tolerance = optionalField(node, 'tolerance');
  if (tolerance === undefined) return {};
  return { tolerance: readShare(tolerance, 1 - Number.EPSILON) };
}

function readShare(node: JsonNode, most: number): number {
  const share = readNumber(node);
  if (share < 0 || share > most) throw problemAt(node, 'it must be a share from 0 to 1.');
  return share;
}
