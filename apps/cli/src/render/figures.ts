/** A metric for people: four significant decimals, or the word where there is no number. */
export function formatMetric(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return 'n/a';
  if (!Number.isFinite(value)) return value > 0 ? 'infinity' : '-infinity';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 0.001 || magnitude >= 1e6)) return value.toExponential(3);
  return magnitude >= 1000 ? value.toFixed(1) : value.toFixed(4);
}

/** A count with thousands separated: 12,345. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A count and its noun: `1 row`, `12,345 rows`. */
export function formatQuantity(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A length of time: `85 ms`, `3.4 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** A moment in UTC: `2026-01-31 09:30:00Z`. */
export function formatTime(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
}

/** A size in powers of 1,000: `85 bytes`, `3.4 kB`, `2.0 GB`. */
export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1000) return formatQuantity(sizeBytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let size = sizeBytes / 1000;
  let unit = 0;
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size.toFixed(1)} ${units[unit]}`;
}
