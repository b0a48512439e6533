import { ModelInvalidError } from './errors.ts';

/** @throws {ModelInvalidError} naming the first entry that is NaN or infinite. */
export function checkFinite(where: string, values: Float64Array): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new ModelInvalidError(`${where}[${at}]`, `is ${values[at]}, not a finite number`);
  }
}
