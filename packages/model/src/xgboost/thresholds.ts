import { floor32, nextDown, nextDown32, nextUp32 } from '../foreign/float32.ts';

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/**
 * The threshold that does for doubles what `value < condition` does after rounding them to float32,
 * as XGBoost does: `value <= thresholdBelow(condition)` holds for exactly the same doubles.
 *
 * @param condition a float32 above -Infinity, below which there is nothing.
 */
export function thresholdBelow(condition: number): number {
  const below = nextDown32(condition);
  if (below === -Infinity) return -overflow();
  const middle = condition === Infinity ? overflow() : below + (condition - below) / 2;
  // Halfway, rounding goes to the neighbour whose last bit is 0.
  return Math.fround(middle) < condition ? middle : nextDown(middle);
}

/**
 * The condition whose `value < condition` is `value <= threshold` for every float32 value below
 * 3.4e38: XGBoost's files hold nothing larger.
 */
export function conditionAbove(threshold: number): number {
  return Math.min(nextUp32(floor32(threshold)), LARGEST_FLOAT32);
}

/** The smallest double that rounds to an infinite float32. */
function overflow(): number {
  return 2 ** 128 - 2 ** 103;
}
