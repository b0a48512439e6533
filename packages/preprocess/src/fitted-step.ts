import { type JsonNode, field, readChoice } from './json-node.ts';
import type { StepDefinition } from './step-definition.ts';
import { type FittedClip, clipStep } from './steps/clip.ts';
import { type FittedDrop, dropStep } from './steps/drop.ts';
import { type FittedImpute, imputeStep } from './steps/impute.ts';
import { type FittedLog1p, log1pStep } from './steps/log1p.ts';
import { type FittedMinMaxScale, minMaxScaleStep } from './steps/min-max-scale.ts';
import { type FittedOneHot, oneHotStep } from './steps/one-hot.ts';
import { type FittedOrdinalEncode, ordinalEncodeStep } from './steps/ordinal-encode.ts';
import { type FittedStandardScale, standardScaleStep } from './steps/standard-scale.ts';

/** One step of a fitted recipe: what it learnt from the training rows. `kind` says which step. */
export type FittedStep =
  | FittedClip
  | FittedDrop
  | FittedImpute
  | FittedLog1p
  | FittedMinMaxScale
  | FittedOneHot
  | FittedOrdinalEncode
  | FittedStandardScale;

const definitions: {
  readonly [Kind in FittedStep['kind']]: StepDefinition<Extract<FittedStep, { kind: Kind }>>;
} = {
  clip: clipStep,
  drop: dropStep,
  impute: imputeStep,
  log1p: log1pStep,
  min_max_scale: minMaxScaleStep,
  one_hot: oneHotStep,
  ordinal_encode: ordinalEncodeStep,
  standard_scale: standardScaleStep,
};

const kinds = Object.keys(definitions) as FittedStep['kind'][];

/** How fitted steps of a kind are read and applied. */
export function stepDefinition(kind: FittedStep['kind']): StepDefinition<FittedStep> {
  return definitions[kind] as StepDefinition<FittedStep>;
}

/** Read one fitted step of any kind. */
export function parseFittedStep(node: JsonNode): FittedStep {
  return stepDefinition(readChoice(field(node, 'kind'), kinds)).parse(node);
}
