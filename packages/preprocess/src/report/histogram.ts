import type { Histogram } from '../column-profile.ts';
import { showCount, showNumber } from './html.ts';

const width = 320;
const height = 84;
const gap = 1;

/** Bars over equal widths, as SVG; each tells its range and count when pointed at. */
export function formatHistogram({ edges, counts }: Histogram, isTime: boolean): string {
  const highest = counts.reduce((most, count) => Math.max(most, count), 1);
  const step = width / counts.length;
  const bars = counts.map((count, i) => {
    // What is there can be seen, however little it is.
    const tall = count === 0 ? 0 : Math.max(1.5, (count / highest) * (height - 4));
    const [from, to] = [showNumber(edges[i]!, isTime), showNumber(edges[i + 1]!, isTime)];
    return (
      `<rect class="bar" x="${(i * step).toFixed(1)}" y="${(height - tall).toFixed(1)}" ` +
      `width="${Math.max(1, step - gap).toFixed(1)}" height="${tall.toFixed(1)}">` +
      `<title>${from} to ${to}: ${showCount(count)}</title></rect>`
    );
  });
  return (
    `<svg viewBox="0 0 ${width} ${height + 1}" role="img" aria-label="Distribution">${bars.join('')}` +
    `<line class="axis" x1="0" x2="${width}" y1="${height + 0.5}" y2="${height + 0.5}"/></svg>`
  );
}
