import { learnNothing } from '../learning/learn-columns.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import {
  type JsonNode,
  checkFields,
  field,
  optionalField,
  problemAt,
  readNames,
  readWholeNumber,
} from '../json-node.ts';
import { mapColumns } from '../map-columns.ts';
import { murmurHash } from '../murmur-hash.ts';
import { type TextWeights, normalizeWeights, spreadTexts } from '../spread-texts.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';
import { tokenize } from '../tokenize.ts';

/** More columns of numbers than any estimator here can use. */
const mostFeatures = 65_536;

/**
 * Count the words of a text in columns `column:hash_0`, `column:hash_1`, ...: the word's hash says
 * in which, and with which sign, so that words that share a column cancel out on average. Each row
 * has length 1; a missing text is all 0. Nothing is learnt, so no word is ever unknown.
 *
 * @see scikit-learn HashingVectorizer, with its defaults but the number of features.
 */
export interface HashTextSpec {
  readonly kind: 'hash_text';
  readonly columns: ColumnSelector;
  /** In [1, 65536]; default 64. */
  readonly features?: number;
}

/** The columns of texts, and how many columns each becomes. */
export interface FittedHashText {
  readonly kind: 'hash_text';
  readonly features: number;
  readonly columns: readonly string[];
}

/** How a hash_text step is read and fitted. */
export const hashTextSpec: SpecDefinition<HashTextSpec, FittedHashText> = {
  accepts: 'texts',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'features']);
    const features = optionalField(node, 'features');
    return {
      kind: 'hash_text',
      columns: parseSelector(field(node, 'columns')),
      ...(features && { features: readFeatureCount(features) }),
    };
  },
  needs: () => 'nothing',
  makes: () => ['numeric'],
  learn: (spec, columns) =>
    learnNothing({
      steps: [
        {
          kind: 'hash_text',
          features: spec.features ?? 64,
          columns: columns.map(({ name }) => name),
        },
      ],
    }),
};

/** How a fitted hash_text step is read and applied. */
export const hashTextStep: StepDefinition<FittedHashText> = {
  parse(node) {
    checkFields(node, ['kind', 'columns', 'features']);
    return {
      kind: 'hash_text',
      features: readFeatureCount(field(node, 'features')),
      columns: readNames(field(node, 'columns')),
    };
  },
  reads: (step) => step.columns,
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'texts',
      layout,
      entries: step.columns.map((column) => ({ column })),
      kernelOf: ({ column }) =>
        spreadTexts(
          Array.from({ length: step.features }, (_, i) => `${column}:hash_${i}`),
          (text) => weigh(text, step.features),
        ),
    }),
};

function weigh(text: string, features: number): TextWeights {
  const totals = new Map<number, number>();
  for (const token of tokenize(text)) {
    const hash = murmurHash(token);
    const position = Math.abs(hash) % features;
    totals.set(position, (totals.get(position) ?? 0) + (hash < 0 ? -1 : 1));
  }
  return normalizeWeights(totals);
}

function readFeatureCount(node: JsonNode): number {
  const features = readWholeNumber(node, 1);
  if (features > mostFeatures) throw problemAt(node, `it must be at most ${mostFeatures}.`);
  return features;
}
