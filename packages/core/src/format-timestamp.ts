/**
 * Milliseconds since the epoch as `YYYY-MM-DDTHH:MM:SS.sssZ`, with six more digits where there is more
 * than milliseconds, to the nearest nanosecond; beyond the years 0 to 9999 with a sign and six digits of years. `parseTimestamp`
 * reads it.
 *
 * @throws {RangeError} for what is no time.
 */
export function formatTimestamp(ms: number): string {
  const floor = Math.floor(ms);
  const rounded = Math.round((ms - floor) * 1e6);
  const [whole, nanoseconds] = rounded === 1e6 ? [floor + 1, 0] : [floor, rounded];
  const text = new Date(whole).toISOString();
  return nanoseconds === 0 ? text : text.replace('Z', `${String(nanoseconds).padStart(6, '0')}Z`);
}
