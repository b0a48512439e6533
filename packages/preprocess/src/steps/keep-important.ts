import { learnNothing } from '../learning/learn-columns.ts';
import { holdsText, numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { StepColumnKindError } from '../errors.ts';
import {
  type JsonNode,
  checkFields,
  checkObject,
  field,
  optionalField,
  problemAt,
  readNumber,
  readWholeNumber,
  withOwnNames,
} from '../json-node.ts';
import { collectFScore } from '../measure-f-score.ts';
import type { LayoutColumn, SpecDefinition, StepFit } from '../step-definition.ts';
import type { FittedDrop } from './drop.ts';

/**
 * Keep the columns that matter most and leave the others out. What matters is given as scores by
 * column name, such as the feature importances of an earlier training; or it is measured one column
 * at a time, as the F statistic of the target (`f_score`: of classes the analysis of variance, of
 * amounts the linear regression). A column without a score, or without variance, matters least.
 *
 * @see scikit-learn SelectKBest with f_classif or f_regression; SelectFromModel.
 */
export interface KeepImportantSpec {
  readonly kind: 'keep_important';
  readonly columns: ColumnSelector;
  readonly scores: 'f_score' | { readonly [column: string]: number };
  /** At least 1: how many stay; of equals the first. */
  readonly top?: number;
  /** The least score that stays. */
  readonly minimum?: number;
}

/** How a keep_important step is read and fitted: it becomes a drop. */
export const keepImportantSpec: SpecDefinition<KeepImportantSpec, FittedDrop> = {
  accepts: 'any',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'scores', 'top', 'minimum']);
    const top = optionalField(node, 'top');
    const minimum = optionalField(node, 'minimum');
    if (!top && !minimum) throw problemAt(node, 'it needs a limit: top or minimum.');
    const scores = field(node, 'scores');
    return {
      kind: 'keep_important',
      columns: parseSelector(field(node, 'columns')),
      scores: scores.value === 'f_score' ? 'f_score' : readScores(scores),
      ...(top && { top: readWholeNumber(top, 1) }),
      ...(minimum && { minimum: readNumber(minimum) }),
    };
  },
  needs: ({ scores }) => (scores === 'f_score' ? 'target' : 'nothing'),
  makes: (_spec, { kind }) => [kind],
  learn(spec, columns) {
    const { scores } = spec;
    if (scores !== 'f_score') {
      const given = (name: string) => (Object.hasOwn(scores, name) ? scores[name]! : -Infinity);
      return learnNothing(keepBest(spec, columns, ({ name }) => given(name)));
    }
    const text = columns.find(({ kind }) => holdsText(kind));
    if (text !== undefined) {
      throw new StepColumnKindError('keep_important', text, 'numbers (f_score)');
    }
    const collected = new Map(columns.map(({ name }) => [name, collectFScore()]));
    return {
      add(parts, frame) {
        for (const { name, cells } of parts) {
          checkFinite(name, numbersIn(cells));
          collected.get(name)!.add(numbersIn(cells), frame.target('keep_important'));
        }
      },
      finish: () =>
        keepBest(spec, columns, ({ name }) => {
          const score = collected.get(name)!.finish();
          return Number.isNaN(score) ? -Infinity : score;
        }),
    };
  },
};

function keepBest(
  { top = Infinity, minimum = -Infinity }: KeepImportantSpec,
  columns: readonly LayoutColumn[],
  scoreOf: (column: LayoutColumn) => number,
): StepFit<FittedDrop> {
  const scored = columns.map((column) => ({ name: column.name, score: scoreOf(column) }));
  const kept = new Set(
    scored
      .filter(({ score }) => score >= minimum)
      .sort((a, b) => (a.score === b.score ? 0 : b.score - a.score))
      .slice(0, top)
      .map(({ name }) => name),
  );
  const others = scored.filter(({ name }) => !kept.has(name)).map(({ name }) => name);
  return {
    steps: [{ kind: 'drop', columns: others }],
    dropped: others.map((column) => ({ column, reason: 'others matter more' })),
  };
}

function readScores(node: JsonNode): { readonly [column: string]: number } {
  checkObject(node);
  const scores = withOwnNames(node);
  return Object.fromEntries(
    Object.keys(node.value as object).map((name) => [name, readNumber(field(scores, name))]),
  );
}
