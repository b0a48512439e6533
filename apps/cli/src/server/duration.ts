import { InvalidArgumentError } from 'commander';

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A time such as `90d`, `12h`, `30m` or `45s`, in milliseconds. */
export function durationMs(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new InvalidArgumentError('Give a time such as 90d, 12h, 30m or 45s.');
  }
  return Number(amount) * unitMs[unit]!;
}
