import { formatChecks, formatFindings } from './check-table.ts';
import { formatColumnCard } from './column-card.ts';
import { formatCorrelations } from './correlation-table.ts';
import type { DataReport } from './data-report.ts';
import { escapeHtml, showCount, showShare } from './html.ts';
import { REPORT_STYLE } from './report-style.ts';
import { formatLegend } from './target-groups.ts';

/** A page of more could not be read, nor opened on a phone. */
const mostCards = 500;

/**
 * A report as one HTML page that needs nothing else: no scripts, no fonts, no network. Every text out
 * of the table is escaped and cut to a readable length. Of more than 500 columns those that say most
 * about the target are drawn, or the first.
 */
export function formatDataReport(report: DataReport): string {
  const title = escapeHtml(report.title);
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${title}: data report</title><style>${REPORT_STYLE}</style></head><body><main>`,
    `<header><h1>${title}</h1>${formatOrigin(report)}${formatTiles(report)}</header>`,
    ...sectionsOf(report),
    '</main></body></html>\n',
  ].join('\n');
}

function sectionsOf({ checks, findings = [], relations, profile }: DataReport): string[] {
  const sections: string[] = [];
  if (checks !== undefined && checks.results.length > 0) {
    sections.push(section('Checks', formatChecks(checks)));
  }
  if (findings.length > 0) sections.push(section('Findings', formatFindings(findings)));
  const target = relations?.target;
  const relationOf = new Map(target?.columns.map((relation) => [relation.column, relation]));
  const strengthOf = (name: string) => relationOf.get(name)?.strength ?? -1;
  const isTarget = (name: string) => name === target?.name;
  const ordered = profile.columns.toSorted(
    (a, b) =>
      Number(isTarget(b.name)) - Number(isTarget(a.name)) ||
      strengthOf(b.name) - strengthOf(a.name),
  );
  const cards = ordered.slice(0, mostCards).map((column) =>
    formatColumnCard(column, {
      rowCount: profile.rowCount,
      target,
      relation: relationOf.get(column.name),
    }),
  );
  const legend = target === undefined ? '' : formatLegend(target);
  const order = target === undefined ? '' : ', by what they say about the target';
  const left = ordered.length - cards.length;
  const note =
    left === 0
      ? ''
      : `<p class="soft">The first ${showCount(cards.length)} of them; ${showCount(left)} more are not drawn.</p>`;
  const drawn = `<div class="cards">${cards.join('\n')}</div>${note}`;
  sections.push(section(`Columns${order}`, `${legend}${drawn}`));
  if (relations !== undefined && relations.correlations.columns.length > 1) {
    sections.push(section('Correlations', formatCorrelations(relations.correlations)));
  }
  return sections;
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>${content}</section>`;
}

function formatOrigin({ source, createdAt }: DataReport): string {
  const parts = [source, createdAt?.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')];
  const said = parts.filter((part) => part !== undefined).map(escapeHtml);
  return said.length === 0 ? '' : `<div class="soft">${said.join(' · ')}</div>`;
}

function formatTiles({ profile, checks }: DataReport): string {
  const { rowCount, columns } = profile;
  const missing = columns.reduce((sum, { missingCount }) => sum + missingCount, 0);
  const cells = rowCount * columns.length;
  const tiles = [
    tile('rows', showCount(rowCount)),
    tile('columns', showCount(columns.length)),
    tile('cells missing', showShare(cells === 0 ? 0 : missing / cells)),
  ];
  if (checks !== undefined) {
    const count = (wanted: string) =>
      checks.results.filter(({ status }) => status === wanted).length;
    tiles.push(
      tile('checks passed', `${showCount(count('pass'))} of ${showCount(checks.results.length)}`),
    );
    if (count('fail') > 0) tiles.push(tile('failed', showCount(count('fail')), 'fail'));
    if (count('warn') > 0) tiles.push(tile('warned', showCount(count('warn')), 'warn'));
  }
  return `<div class="tiles">${tiles.join('')}</div>`;
}

function tile(name: string, value: string, look = ''): string {
  return `<div class="tile"><b class="${look}">${value}</b><span class="soft">${name}</span></div>`;
}
