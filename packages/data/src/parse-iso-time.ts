const dayMs = 86_400_000;
const colon = 58;
const dash = 45;
const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/**
 * Milliseconds since the epoch of `YYYY-MM-DD`, optionally with `[T ]HH:MM:SS` and `Z`, in UTC. NaN
 * for anything else: core's `parseTimestamp` decides then.
 */
export function parseIsoTime(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length !== 10 && length !== 19 && !(length === 20 && bytes[start + 19] === 0x5a)) return NaN;
  if (bytes[start + 4] !== dash || bytes[start + 7] !== dash) return NaN;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  if (!(month >= 1 && month <= 12 && day >= 1)) return NaN;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const daysInMonth = daysBeforeMonth[month]! - daysBeforeMonth[month - 1]!;
  if (!(day <= (month === 2 && isLeap ? 29 : daysInMonth))) return NaN;
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const leapDay = isLeap && month > 2 ? 1 : 0;
  const days = past * 365 + leapDays + daysBeforeMonth[month - 1]! + leapDay + day - 1;
  const midnight = (days - 719_162) * dayMs;
  return length === 10 ? midnight : midnight + timeOfDay(bytes, start + 10);
}

function timeOfDay(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x54 && bytes[at] !== 32) return NaN;
  if (bytes[at + 3] !== colon || bytes[at + 6] !== colon) return NaN;
  const hour = twoDigits(bytes, at + 1);
  const minute = twoDigits(bytes, at + 4);
  const second = twoDigits(bytes, at + 7);
  if (!(hour < 24 && minute < 60 && second < 60)) return NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}
