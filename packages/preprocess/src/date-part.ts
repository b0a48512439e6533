/** What a point in time can be taken apart into; all in UTC. */
export const DATE_PARTS = [
  'year',
  'quarter',
  'month',
  'day',
  'day_of_year',
  'weekday',
  'hour',
  'minute',
] as const;

/**
 * A part of a point in time: `quarter` 1-4, `month` 1-12, `day` 1-31, `day_of_year` 1-366, `weekday`
 * 0 (Monday) to 6, `hour` 0-23, `minute` 0-59.
 */
export type DatePart = (typeof DATE_PARTS)[number];

/** Where a part's circle begins and how many steps it has; absent: it goes on and on. */
export const CYCLES: {
  readonly [Part in DatePart]?: { readonly first: number; readonly length: number };
} = {
  quarter: { first: 1, length: 4 },
  month: { first: 1, length: 12 },
  day: { first: 1, length: 31 },
  day_of_year: { first: 1, length: 366 },
  weekday: { first: 0, length: 7 },
  hour: { first: 0, length: 24 },
  minute: { first: 0, length: 60 },
};

const dayMs = 86_400_000;

/** @param timeMs milliseconds since 1970-01-01T00:00:00Z; NaN gives NaN. */
export function datePartOf(timeMs: number, part: DatePart): number {
  const day = Math.floor(timeMs / dayMs);
  switch (part) {
    case 'hour':
      return Math.floor((timeMs - day * dayMs) / 3_600_000);
    case 'minute':
      return Math.floor((timeMs - day * dayMs) / 60_000) % 60;
    case 'weekday':
      // 1970-01-01 was a Thursday.
      return (((day + 3) % 7) + 7) % 7;
    default:
      return calendarPartOf(day, part);
  }
}

/**
 * Without a Date object a cell: years are counted from March, so that the leap day is their last.
 *
 * @see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
 */
function calendarPartOf(
  day: number,
  part: 'year' | 'quarter' | 'month' | 'day' | 'day_of_year',
): number {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const fromMarch =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * fromMarch + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  switch (part) {
    case 'year':
      return year;
    case 'quarter':
      return Math.ceil(month / 3);
    case 'month':
      return month;
    case 'day':
      return fromMarch - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
    case 'day_of_year':
      return fromMarch < 306 ? fromMarch + (isLeap(year) ? 61 : 60) : fromMarch - 305;
  }
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
