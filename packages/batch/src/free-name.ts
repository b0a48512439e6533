import { parse } from 'node:path';

/** `customers.csv` -> `customers_predictions.csv`. */
export function outputName(inputName: string): string {
  const { name, ext } = parse(inputName);
  return `${name}_predictions${ext}`;
}

/** The name itself or the first of `name-2.ext`, `name-3.ext`, ... that is not taken. */
export function freeName(name: string, isTaken: (candidate: string) => boolean): string {
  const { name: stem, ext } = parse(name);
  let candidate = name;
  for (let suffix = 2; isTaken(candidate); suffix++) candidate = `${stem}-${suffix}${ext}`;
  return candidate;
}
