import { parse } from 'node:path';

/** Bytes that file systems have for a name. */
const mostBytes = 255;

/** What a number behind a name may take, so that it needs not be cut for one. */
const numberBytes = 8;

/**
 * `customers.csv` -> `customers_predictions.csv`; `a.csv.gz` -> `a_predictions.csv.gz`. What would be too
 * long for a name is cut in front of that.
 */
export function outputName(inputName: string): string {
  const { stem, ending } = splitName(inputName);
  return fitted(stem, `_predictions${ending}`, mostBytes - numberBytes);
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
  for (let suffix = 2; isTaken(candidate); suffix++) {
    candidate = fitted(stem, `-${suffix}${ending}`, mostBytes);
  }
  return candidate;
}

/** Both together, with as much of the stem as there is room for. */
function fitted(stem: string, ending: string, most: number): string {
  const letters = Array.from(stem);
  let bytes = Buffer.byteLength(stem + ending);
  while (bytes > most && letters.length > 1) bytes -= Buffer.byteLength(letters.pop()!);
  return letters.join('') + ending;
}
