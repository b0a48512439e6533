import { ModelFileCorruptError } from '../errors.ts';
import type { Ensemble, Estimator } from '../estimator.ts';
import { type Place, booleanOf, fieldOf, listOf, wholeNumberOf, wordOf } from './place.ts';
import {
  type EstimatorParts,
  readSingleEstimator,
  singleEstimatorParts,
} from './single-estimator-tensors.ts';
import { type TensorReader, openTensors } from './tensor-reader.ts';
import type { Tensor } from './tensor.ts';

/** Take an estimator apart; an ensemble's members stand under `member_0.`, `member_1.`, ... */
export function estimatorParts(estimator: Estimator): EstimatorParts {
  return estimator.kind === 'ensemble' ? ensembleParts(estimator) : singleEstimatorParts(estimator);
}

/**
 * Put an estimator together again. Arrays have the right types and names afterwards; whether they
 * fit together is for `checkModel` to say.
 *
 * @throws {ModelFileCorruptError} when a tensor is missing, of another type, or not known.
 */
export function estimatorFromParts(
  settings: Place,
  tensors: ReadonlyMap<string, Tensor>,
): Estimator {
  const reader = openTensors(tensors);
  const isEnsemble = fieldOf(settings, 'kind').value === 'ensemble';
  const estimator = isEnsemble
    ? readEnsemble(settings, reader)
    : readSingleEstimator(settings, reader);
  for (const name of reader.left()) {
    throw new ModelFileCorruptError(
      `tensor ${JSON.stringify(name)}`,
      `is unknown in a ${estimator.kind} model`,
    );
  }
  return estimator;
}

function ensembleParts({ kind, outputCount, link, ...rest }: Ensemble): EstimatorParts {
  const { members, combination } = rest;
  const parts = members.map((member, m) => named(singleEstimatorParts(member), `member_${m}.`));
  const shared = { kind, outputCount, link, members: parts.map(({ settings }) => settings) };
  const tensors = parts.flatMap((part) => [...part.tensors]);
  if (combination.kind === 'mean') {
    const { weights } = combination;
    return {
      settings: { ...shared, combination: { kind: 'mean' } },
      tensors: new Map([
        ...tensors,
        ['member_weights', { shape: [weights.length], values: weights }],
      ]),
    };
  }
  const final = named(singleEstimatorParts(combination.final), 'final.');
  const { passthrough } = combination;
  return {
    settings: { ...shared, combination: { kind: 'stack', passthrough, final: final.settings } },
    tensors: new Map([...tensors, ...final.tensors]),
  };
}

function named({ settings, tensors }: EstimatorParts, prefix: string): EstimatorParts {
  return {
    settings,
    tensors: new Map([...tensors].map(([name, tensor]) => [prefix + name, tensor])),
  };
}

function readEnsemble(settings: Place, tensors: TensorReader): Ensemble {
  const combination = fieldOf(settings, 'combination');
  return {
    kind: 'ensemble',
    outputCount: wholeNumberOf(fieldOf(settings, 'outputCount')),
    link: wordOf(fieldOf(settings, 'link'), ['identity']),
    members: listOf(fieldOf(settings, 'members')).map((member, m) =>
      readSingleEstimator(member, tensors.within(`member_${m}.`)),
    ),
    combination:
      wordOf(fieldOf(combination, 'kind'), ['mean', 'stack']) === 'mean'
        ? { kind: 'mean', weights: tensors.take('member_weights', Float64Array) }
        : {
            kind: 'stack',
            final: readSingleEstimator(fieldOf(combination, 'final'), tensors.within('final.')),
            passthrough: booleanOf(fieldOf(combination, 'passthrough')),
          },
  };
}
