import { parse } from 'node:path';

/** `customers.csv` -> `customers_predictions.csv`; `a.csv.gz` -> `a_predictions.csv.gz`. */
export function outputName(inputName: string): string {
  const { stem, ending } = splitName(inputName);
  return `${stem}_predictions${ending}`;
}

function splitName(name: string): { stem: string; ending: string } {
  const packed = /\.gz$/i.exec(name)?.[0] ?? '';
  const { name: stem, ext } = parse(name.slice(0, name.length - packed.length));
  return { stem, ending: ext + packed };
}

/** The name itself or the first of `name-2.ext`, `name-3.ext`, ... that is not taken. */
export function freeName(name: string, isTaken: (candidate: string) => boolean): string {
  const { stem, ending } = splitName(name);
  let candidate = name;
  for (let suffix = 2; isTaken(candidate); suffix++) candidate = `${stem}-${suffix}${ending}`;
  return candidate;
}
