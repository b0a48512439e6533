/**
 * Milliseconds since the epoch as `YYYY-MM-DDTHH:MM:SS.sssZ`, with six more digits where there is more
 * than milliseconds; beyond the years 0 to 9999 with a sign and six digits of years. `parseTimestamp`
 * reads it.
 *
 * @throws {RangeError} for what is no time.
 */
export function formatTimestamp(ms: number): string {
  const whole = Math.floor(ms);
  const nanoseconds = Math.round((ms - whole) * 1e6);
  const text = new Date(whole).toISOString();
  return nanoseconds === 0 ? text : text.replace('Z', `${String(nanoseconds).padStart(6, '0')}Z`);
}
