/** Sum and spread of numbers that come one by one. */
export interface Spread {
  /** Near the numbers, so that an offset costs no digits of the spread. */
  readonly origin: number;
  count: number;
  sum: number;
  /** The mean distance from the origin. */
  offset: number;
  /** Squared distances from the mean. */
  squares: number;
}

/** A spread of no number yet. @param origin any of the numbers to come. */
export function openSpread(origin: number): Spread {
  return { origin, count: 0, sum: 0, offset: 0, squares: 0 };
}

/** Add a number by Welford's update. */
export function addToSpread(spread: Spread, value: number): void {
  const distance = value - spread.origin;
  const apart = distance - spread.offset;
  spread.count++;
  spread.sum += value;
  spread.offset += apart / spread.count;
  spread.squares += apart * (distance - spread.offset);
}
