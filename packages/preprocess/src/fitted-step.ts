import { type JsonNode, field, readChoice } from './json-node.ts';
import type { StepDefinition } from './step-definition.ts';
import { type FittedBin, binStep } from './steps/bin.ts';
import { type FittedClip, clipStep } from './steps/clip.ts';
import { type FittedDateParts, datePartsStep } from './steps/date-parts.ts';
import { type FittedDerive, deriveStep } from './steps/derive.ts';
import { type FittedDrop, dropStep } from './steps/drop.ts';
import { type FittedFrequencyEncode, frequencyEncodeStep } from './steps/frequency-encode.ts';
import { type FittedGroupRare, groupRareStep } from './steps/group-rare.ts';
import { type FittedHashText, hashTextStep } from './steps/hash-text.ts';
import { type FittedImpute, imputeStep } from './steps/impute.ts';
import { type FittedLog, logStep } from './steps/log.ts';
import { type FittedLog1p, log1pStep } from './steps/log1p.ts';
import { type FittedMinMaxScale, minMaxScaleStep } from './steps/min-max-scale.ts';
import { type FittedMissingIndicator, missingIndicatorStep } from './steps/missing-indicator.ts';
import { type FittedOneHot, oneHotStep } from './steps/one-hot.ts';
import { type FittedOrdinalEncode, ordinalEncodeStep } from './steps/ordinal-encode.ts';
import { type FittedRobustScale, robustScaleStep } from './steps/robust-scale.ts';
import { type FittedStandardScale, standardScaleStep } from './steps/standard-scale.ts';
import { type FittedTargetEncode, targetEncodeStep } from './steps/target-encode.ts';
import { type FittedTfidf, tfidfStep } from './steps/tfidf.ts';
import { type FittedYeoJohnson, yeoJohnsonStep } from './steps/yeo-johnson.ts';

/** One step of a fitted recipe: what it learnt from the training rows. `kind` says which step. */
export type FittedStep =
  | FittedBin
  | FittedClip
  | FittedDateParts
  | FittedDerive
  | FittedDrop
  | FittedFrequencyEncode
  | FittedGroupRare
  | FittedHashText
  | FittedImpute
  | FittedLog
  | FittedLog1p
  | FittedMinMaxScale
  | FittedMissingIndicator
  | FittedOneHot
  | FittedOrdinalEncode
  | FittedRobustScale
  | FittedStandardScale
  | FittedTargetEncode
  | FittedTfidf
  | FittedYeoJohnson;

const definitions: {
  readonly [Kind in FittedStep['kind']]: StepDefinition<Extract<FittedStep, { kind: Kind }>>;
} = {
  bin: binStep,
  clip: clipStep,
  date_parts: datePartsStep,
  derive: deriveStep,
  drop: dropStep,
  frequency_encode: frequencyEncodeStep,
  group_rare: groupRareStep,
  hash_text: hashTextStep,
  impute: imputeStep,
  log: logStep,
  log1p: log1pStep,
  min_max_scale: minMaxScaleStep,
  missing_indicator: missingIndicatorStep,
  one_hot: oneHotStep,
  ordinal_encode: ordinalEncodeStep,
  robust_scale: robustScaleStep,
  standard_scale: standardScaleStep,
  target_encode: targetEncodeStep,
  tfidf: tfidfStep,
  yeo_johnson: yeoJohnsonStep,
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
