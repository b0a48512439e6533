import type { TimeUnit } from 'apache-arrow';

/** How many of a unit make a second, in the order of `TimeUnit`. */
const perSecond = [1n, 1_000n, 1_000_000n, 1_000_000_000n];

/** A time of day as text, as DuckDB writes it: `10:30:00`, `10:30:00.25`. */
export function timeText(value: unknown, unit: TimeUnit): string {
  const count = perSecond[unit]!;
  const ticks = BigInt(value as number | bigint);
  const seconds = ticks / count;
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) =>
    String(part).padStart(2, '0'),
  );
  const places = String(count).length - 1;
  const rest = String(ticks % count)
    .padStart(places, '0')
    .replace(/0+$/, '');
  return clock.join(':') + (rest === '' || places === 0 ? '' : `.${rest}`);
}
