import type { ColumnRelation, TargetRelations } from '../relations/table-relations.ts';
import { escapeHtml, shorten, showCount, showNumber, showShare } from './html.ts';
import { CLASS_COLOURS } from './report-style.ts';

/** One bar a group: the shares of the classes, or the target's mean. */
export function formatGroups({ groups }: ColumnRelation, { classes }: TargetRelations): string {
  const means = groups.map(({ mean }) => mean ?? 0);
  // In shares of the largest, as distances of huge means are beyond doubles.
  const largest = means.reduce((most, mean) => Math.max(most, Math.abs(mean)), 0) || 1;
  const low = Math.min(0, ...means) / largest;
  const span = Math.max(0, ...means) / largest - low || 1;
  const rows = groups.map(({ label, count, shares, mean }) => {
    const bar =
      shares === undefined
        ? `<i style="width:${((100 * (mean! / largest - low)) / span).toFixed(2)}%"></i>`
        : shares.map((share, i) => segment(share, i, classes?.[i] ?? '')).join('');
    const figure = shares === undefined ? showNumber(mean!) : mainShare(shares);
    return (
      `<tr><td title="${escapeHtml(shorten(label, 200))}">${escapeHtml(shorten(label))}</td>` +
      `<td><div class="track">${bar}</div></td><td class="number">${figure}</td>` +
      `<td class="number soft">${showCount(count)}</td></tr>`
    );
  });
  return `<table class="rows">${rows.join('')}</table>`;
}

/** Which colour is which class. */
export function formatLegend({ classes = [] }: TargetRelations): string {
  const items = classes.map(
    (name, i) =>
      `<span><i style="background:${colourOf(i)}"></i>${escapeHtml(shorten(name, 40))}</span>`,
  );
  return items.length === 0 ? '' : `<div class="legend">${items.join('')}</div>`;
}

function segment(share: number, index: number, name: string): string {
  const title = escapeHtml(`${shorten(name, 40)}: ${showShare(share)}`);
  return `<i style="width:${(100 * share).toFixed(2)}%;background:${colourOf(index)}" title="${title}"></i>`;
}

/** Of two classes, the rarer says it all. */
function mainShare(shares: readonly number[]): string {
  return shares.length === 2 ? showShare(shares[1]!) : showShare(Math.max(...shares));
}

function colourOf(index: number): string {
  return CLASS_COLOURS[Math.min(index, CLASS_COLOURS.length - 1)]!;
}
