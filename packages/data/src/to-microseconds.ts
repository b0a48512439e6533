/** Milliseconds since the epoch as whole microseconds, the nearest. */
export function toMicroseconds(ms: number): bigint {
  const whole = Math.floor(ms);
  return BigInt(whole) * 1000n + BigInt(Math.round((ms - whole) * 1000));
}
