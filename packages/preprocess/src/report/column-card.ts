import type { CategoryProfile, ColumnProfile, NumberProfile } from '../column-profile.ts';
import type { ColumnRelation, TargetRelations } from '../relations/table-relations.ts';
import { formatHistogram } from './histogram.ts';
import { escapeHtml, shorten, showCount, showNumber, showShare } from './html.ts';
import { formatGroups } from './target-groups.ts';

/** What stands around a column. */
export interface CardContext {
  readonly rowCount: number;
  readonly target?: TargetRelations | undefined;
  readonly relation?: ColumnRelation | undefined;
}

const mostBars = 6;

/** One column: what it holds, how its values spread, and what they say about the target. */
export function formatColumnCard(profile: ColumnProfile, context: CardContext): string {
  const { target, relation } = context;
  const isTarget = profile.name === target?.name;
  const spread = 'topCategories' in profile ? formatBars(profile, context) : formatNumbers(profile);
  const said =
    target === undefined || relation === undefined || relation.groups.length === 0
      ? ''
      : `<h4>${escapeHtml(shorten(target.name))} by group${strengthOf(relation)}</h4>${formatGroups(relation, target)}`;
  return (
    `<article class="card"><div class="head"><h3>${escapeHtml(shorten(profile.name, 60))}</h3>` +
    `<span class="kind">${isTarget ? 'target, ' : ''}${profile.kind}</span></div>` +
    `<div class="facts">${formatFacts(profile, context.rowCount)}</div>${spread}${said}</article>`
  );
}

function strengthOf({ strength }: ColumnRelation): string {
  return strength === null ? '' : `, strength ${strength.toFixed(2)}`;
}

function formatFacts(profile: ColumnProfile, rowCount: number): string {
  const share = rowCount === 0 ? 0 : profile.missingCount / rowCount;
  const facts = [
    fact('missing', showShare(share)),
    fact('distinct', showCount(profile.distinctCount)),
  ];
  if (!('topCategories' in profile)) {
    const isTime = profile.kind === 'timestamp';
    if (profile.mean !== null) facts.push(fact('mean', showNumber(profile.mean, isTime)));
    const median = profile.quantiles.find((quantile) => quantile.share === 0.5);
    if (median !== undefined) facts.push(fact('median', showNumber(median.value, isTime)));
    if (profile.standardDeviation !== null && !isTime) {
      facts.push(fact('sd', showNumber(profile.standardDeviation)));
    }
  }
  return facts.join('');
}

function fact(name: string, value: string): string {
  return `<span>${name} <b>${value}</b></span>`;
}

function formatNumbers({ histogram, minimum, maximum, kind }: NumberProfile): string {
  if (histogram.counts.length === 0) return '<p class="soft">No cell has a value.</p>';
  const isTime = kind === 'timestamp';
  const [low, high] = [minimum ?? histogram.edges[0]!, maximum ?? histogram.edges.at(-1)!];
  return (
    formatHistogram(histogram, isTime) +
    `<div class="ends"><span>${showNumber(low, isTime)}</span><span>${showNumber(high, isTime)}</span></div>`
  );
}

function formatBars(
  { topCategories, distinctCount, missingCount }: CategoryProfile,
  { rowCount }: CardContext,
): string {
  if (topCategories.length === 0) return '<p class="soft">No cell has a value.</p>';
  const present = rowCount - missingCount;
  const rows = topCategories.slice(0, mostBars).map(({ category, count }) => {
    const share = count / present;
    const label = category === '' ? '(empty text)' : shorten(category);
    return (
      `<tr><td title="${escapeHtml(shorten(category, 200))}">${escapeHtml(label)}</td>` +
      `<td><div class="track"><i style="width:${(100 * share).toFixed(2)}%"></i></div></td>` +
      `<td class="number">${showCount(count)}</td><td class="number">${showShare(share)}</td></tr>`
    );
  });
  const more = distinctCount - Math.min(mostBars, topCategories.length);
  const note = more > 0 ? `<p class="facts">and ${showCount(more)} more</p>` : '';
  return `<table class="rows">${rows.join('')}</table>${note}`;
}
