import { type WordCounts, collectWords } from '../learning/collect-words.ts';
import { type LearntColumn, learnColumns } from '../learning/learn-columns.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { compareCodePoints } from '../compare-code-points.ts';
import {
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readNames,
  readNumber,
  readWholeNumber,
} from '../json-node.ts';
import { mapColumns } from '../map-columns.ts';
import { readEntries } from '../read-entries.ts';
import { normalizeWeights, spreadTexts } from '../spread-texts.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';
import { tokenize } from '../tokenize.ts';

/**
 * Weigh the words of a text: how often each occurs, times how rare it is among the training rows. A
 * column `column:word` per word, by code point; each row has length 1. A missing text, or one of
 * unknown words alone, is all 0. A column in which no word is left is dropped.
 *
 * @see scikit-learn TfidfVectorizer, with its defaults but the limits.
 */
export interface TfidfSpec {
  readonly kind: 'tfidf';
  readonly columns: ColumnSelector;
  /** At least 1: the words that occur most often in the training rows; default 100. */
  readonly maxWords?: number;
  /** At least 1: words in fewer training rows are left out; default 1. */
  readonly minRows?: number;
}

/** The words of each column and their weights. */
export interface FittedTfidf {
  readonly kind: 'tfidf';
  readonly columns: readonly WordColumn[];
}

interface WordColumn {
  readonly column: string;
  readonly words: readonly string[];
  /** Inverse document frequencies, above 0, one a word. */
  readonly weights: readonly number[];
}

/** How a tfidf step is read and fitted. */
export const tfidfSpec: SpecDefinition<TfidfSpec, FittedTfidf> = {
  accepts: 'texts',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'maxWords', 'minRows']);
    const maxWords = optionalField(node, 'maxWords');
    const minRows = optionalField(node, 'minRows');
    return {
      kind: 'tfidf',
      columns: parseSelector(field(node, 'columns')),
      ...(maxWords && { maxWords: readWholeNumber(maxWords, 1) }),
      ...(minRows && { minRows: readWholeNumber(minRows, 1) }),
    };
  },
  needs: () => 'rows',
  makes: () => ['numeric'],
  learn: (spec, columns, { mostCategories }) =>
    learnColumns({
      columns,
      collect: ({ name }) => collectWords(name, mostCategories),
      finish(learnt, rowCount) {
        const fitted = learnt.map((column) => fitColumn(spec, column, rowCount));
        const empty = fitted.filter(({ words }) => words.length === 0).map(({ column }) => column);
        return {
          steps: [{ kind: 'tfidf', columns: fitted }],
          dropped: empty.map((column) => ({ column, reason: 'no word in the training rows' })),
        };
      },
    }),
};

/** How a fitted tfidf step is read and applied. */
export const tfidfStep: StepDefinition<FittedTfidf> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    const columns = readEntries(node, ['words', 'weights'], (item) => {
      const words = readNames(field(item, 'words'));
      const weights = itemsOf(field(item, 'weights')).map(readNumber);
      if (weights.length !== words.length || weights.some((weight) => weight <= 0)) {
        throw problemAt(item, 'it needs one weight above 0 for each word.');
      }
      return { words, weights };
    });
    return { kind: 'tfidf', columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'texts',
      layout,
      entries: step.columns,
      kernelOf({ column, words, weights }) {
        const positionOf = new Map(words.map((word, i) => [word, i]));
        return spreadTexts(
          words.map((word) => `${column}:${word}`),
          (text) => {
            const totals = new Map<number, number>();
            for (const token of tokenize(text)) {
              const position = positionOf.get(token);
              if (position === undefined) continue;
              totals.set(position, (totals.get(position) ?? 0) + weights[position]!);
            }
            return normalizeWeights(totals);
          },
        );
      },
    }),
};

function fitColumn(
  { maxWords = 100, minRows = 1 }: TfidfSpec,
  { column: { name }, learnt: counts }: LearntColumn<WordCounts>,
  rowCount: number,
): WordColumn {
  const kept = [...counts]
    .filter(([, { rows }]) => rows >= minRows)
    .sort(([a, x], [b, y]) => y.total - x.total || compareCodePoints(a, b))
    .slice(0, maxWords)
    .sort(([a], [b]) => compareCodePoints(a, b));
  return {
    column: name,
    words: kept.map(([word]) => word),
    weights: kept.map(([, { rows }]) => Math.log((1 + rowCount) / (1 + rows)) + 1),
  };
}
