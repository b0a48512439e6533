import type { Correlations } from '../relations/table-relations.ts';
import { escapeHtml, shorten } from './html.ts';

/** Correlations as a table of colours: blue together, orange against each other. */
export function formatCorrelations({ columns, matrix }: Correlations): string {
  const names = columns.map((name) => escapeHtml(shorten(name, 22)));
  const head = names.map((name) => `<th>${name}</th>`).join('');
  const rows = matrix.map((row, i) => {
    const cells = row.map((value) => `<td${tint(value)}>${value === null ? '' : show(value)}</td>`);
    return `<tr><th>${names[i]!}</th>${cells.join('')}</tr>`;
  });
  return (
    `<div class="panel scroll"><table class="matrix"><thead><tr><th></th>${head}</tr></thead>` +
    `<tbody>${rows.join('')}</tbody></table></div>`
  );
}

function tint(value: number | null): string {
  if (value === null) return '';
  const colour = value < 0 ? '230,159,0' : '51,102,204';
  return ` style="background:rgba(${colour},${(0.75 * Math.abs(value)).toFixed(2)})"`;
}

function show(value: number): string {
  return value.toFixed(2).replace(/^(-?)0\./, '$1.');
}
