import type { Random } from '@gnu-mlops/core';

/** Whether an event of the given probability happens. */
export function drawEvent(random: Random, probability: number): boolean {
  return random.nextFloat() < probability;
}

/** One of some choices; `weights` are probabilities that add up to 1, one a choice. */
export function drawChoice<T>(
  random: Random,
  choices: readonly T[],
  weights: readonly number[],
): T {
  let rest = random.nextFloat();
  for (const [i, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return choices[i]!;
  }
  return choices.at(-1)!;
}

/** How many of `trials` independent events of the given probability happen. */
export function drawCount(random: Random, trials: number, probability: number): number {
  let count = 0;
  for (let i = 0; i < trials; i++) if (drawEvent(random, probability)) count++;
  return count;
}

/** A number in [low, high). */
export function drawBetween(random: Random, low: number, high: number): number {
  return low + (high - low) * random.nextFloat();
}

/** The nearest number of so many decimals. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

/** The probability whose log odds these are. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
