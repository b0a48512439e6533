/** Places, each with a key to put them in order by. */
export interface KeyedPlaces {
  readonly places: Int32Array;
  /** By place; no NaN. */
  readonly keys: Float64Array;
}

/**
 * The places with the `most` lowest keys, or all where there are fewer, the lowest first; with the
 * direction -1 those with the highest, the highest first. Equals come in the order of the places,
 * or for -1 against it.
 */
export function takeLeast(
  { places, keys }: KeyedPlaces,
  most: number,
  direction: 1 | -1,
): number[] {
  const taken: number[] = [];
  const { length } = places;
  for (let i = 0; i < length && most > 0; i++) {
    const place = places[direction === 1 ? i : length - 1 - i]!;
    const key = direction * keys[place]!;
    if (taken.length === most) {
      if (!(key < direction * keys[taken[most - 1]!]!)) continue;
      taken.pop();
    }
    let at = taken.length;
    while (at > 0 && key < direction * keys[taken[at - 1]!]!) at--;
    taken.splice(at, 0, place);
  }
  return taken;
}
