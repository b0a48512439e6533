/** Texts that stand for a missing cell where a number, a boolean or a time is expected. */
export const MISSING_TOKENS: ReadonlySet<string> = new Set([
  '',
  '#N/A',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
]);

/** The furthest that an ECMAScript Date reaches from 1970, in milliseconds. */
export const MAX_TIME_MS = 8.64e15;

const decimalNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const infinity = /^([+-]?)(?:inf|infinity)$/i;
const isoTime =
  /^(\d{4}|(?!-0{6})[+-]\d{6})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Whether a trimmed text stands for a missing number, boolean or time. */
export function isMissingToken(text: string): boolean {
  return MISSING_TOKENS.has(text);
}

/** A decimal number, bit-identical to `Number(text)`; undefined where the text is none. */
export function parseNumber(text: string): number | undefined {
  if (decimalNumber.test(text)) return Number(text);
  const match = infinity.exec(text);
  return match === null ? undefined : match[1] === '-' ? -Infinity : Infinity;
}

/** A whole number of at most 2^53 - 1 in magnitude; undefined where the text is none. */
export function parseInteger(text: string): number | undefined {
  const value = parseNumber(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** `true`/`false` in any case, or 1/0; undefined where the text is neither. */
export function parseBoolean(text: string): boolean | undefined {
  if (text === '1') return true;
  if (text === '0') return false;
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/**
 * An ISO 8601 date or date and time, in milliseconds since the epoch; without an offset it is UTC. A year
 * beyond 0 to 9999 has a sign and six digits, as `toISOString` writes it.
 * Undefined where the text is none, names a day that does not exist, or a time beyond those of a Date.
 */
export function parseTimestamp(text: string): number | undefined {
  const match = isoTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] =
    match;
  const date = new Date(0);
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(+year!, +month! - 1, +day!);
  const isRealDay = date.getUTCMonth() === +month! - 1 && date.getUTCDate() === +day!;
  const offset = offsetMs(zone);
  if (!isRealDay || !isRealTime(hour, minute, second) || offset === undefined) return undefined;
  const secondsOfDay = (+hour * 60 + +minute) * 60 + +second;
  const ms = date.getTime() + secondsOfDay * 1000 + Number(fraction.padEnd(9, '0')) / 1e6 - offset;
  return Math.abs(ms) <= MAX_TIME_MS ? ms : undefined;
}

function isRealTime(hour: string, minute: string, second = '0'): boolean {
  return +hour < 24 && +minute < 60 && +second < 60;
}

function offsetMs(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const hour = zone.slice(1, 3);
  const minute = zone.length > 3 ? zone.slice(-2) : '0';
  return isRealTime(hour, minute) ? sign * (+hour * 60 + +minute) * 60_000 : undefined;
}
