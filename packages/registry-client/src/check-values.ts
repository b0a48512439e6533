import { checkKey } from './check-names.ts';
import type { MetricPoint, Tags } from './entities.ts';
import { ValueInvalidError } from './value-errors.ts';
import { LIMITS } from './limits.ts';

/** @throws {ValueInvalidError} unless a text of at most `maxLength` characters. */
export function checkText(subject: string, value: string, maxLength: number): void {
  if (typeof value !== 'string') {
    throw new ValueInvalidError(
      subject,
      `must be a text, not ${value === null ? 'null' : `a ${typeof value}`}.`,
    );
  }
  if (value.length > maxLength && [...value].length > maxLength) {
    throw new ValueInvalidError(
      subject,
      `is too long: ${value.length} characters where ${maxLength} are allowed.`,
    );
  }
  if (!value.isWellFormed()) throw new ValueInvalidError(subject, 'holds broken Unicode.');
}

/** @throws {ValueInvalidError} unless whole milliseconds since the epoch, not negative. */
export function checkTime(subject: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new ValueInvalidError(
      subject,
      `must be whole milliseconds since 1970, not ${String(value)}.`,
    );
  }
}

/** @throws {NameInvalidError | ValueInvalidError} naming the tag. */
export function checkTags(tags: Tags, maxValueLength: number): void {
  for (const [key, value] of Object.entries(tags)) {
    checkKey('tag', key);
    checkText(`tag "${key}"`, value, maxValueLength);
  }
}

/** @throws {NameInvalidError | ValueInvalidError} naming the metric. */
export function checkMetricPoint(point: MetricPoint): void {
  checkKey('metric', point.key);
  if (typeof point.value !== 'number') {
    throw new ValueInvalidError(
      `metric "${point.key}"`,
      'must be a number; NaN and infinities are.',
    );
  }
  checkTime(`time of metric "${point.key}"`, point.timestamp);
  checkStep(`step of metric "${point.key}"`, point.step);
  checkText(`data set of metric "${point.key}"`, point.datasetName ?? '', LIMITS.datasetNameLength);
  checkText(
    `digest of the data set of metric "${point.key}"`,
    point.datasetDigest ?? '',
    LIMITS.datasetDigestLength,
  );
}

/** @throws {ValueInvalidError} unless a whole number, which may be negative. */
export function checkStep(subject: string, step: number): void {
  if (Number.isSafeInteger(step)) return;
  throw new ValueInvalidError(subject, `must be a whole number, not ${String(step)}.`);
}
