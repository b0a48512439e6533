import type { FittedStep } from './fitted-step.ts';
import { type JsonNode, field, readChoice } from './json-node.ts';
import type { SpecDefinition } from './step-definition.ts';
import { type BinSpec, binSpec } from './steps/bin.ts';
import { type ClipSpec, clipSpec } from './steps/clip.ts';
import { type DatePartsSpec, datePartsSpec } from './steps/date-parts.ts';
import { type DeriveSpec, deriveSpec } from './steps/derive.ts';
import { type DropSpec, dropSpec } from './steps/drop.ts';
import { type DropCorrelatedSpec, dropCorrelatedSpec } from './steps/drop-correlated.ts';
import { type DropLowVarianceSpec, dropLowVarianceSpec } from './steps/drop-low-variance.ts';
import { type FrequencyEncodeSpec, frequencyEncodeSpec } from './steps/frequency-encode.ts';
import { type GroupRareSpec, groupRareSpec } from './steps/group-rare.ts';
import { type HashTextSpec, hashTextSpec } from './steps/hash-text.ts';
import { type ImputeSpec, imputeSpec } from './steps/impute.ts';
import { type KeepImportantSpec, keepImportantSpec } from './steps/keep-important.ts';
import { type LogSpec, logSpec } from './steps/log.ts';
import { type Log1pSpec, log1pSpec } from './steps/log1p.ts';
import { type MinMaxScaleSpec, minMaxScaleSpec } from './steps/min-max-scale.ts';
import { type MissingIndicatorSpec, missingIndicatorSpec } from './steps/missing-indicator.ts';
import { type OneHotSpec, oneHotSpec } from './steps/one-hot.ts';
import { type OrdinalEncodeSpec, ordinalEncodeSpec } from './steps/ordinal-encode.ts';
import { type RobustScaleSpec, robustScaleSpec } from './steps/robust-scale.ts';
import { type SelectSpec, selectSpec } from './steps/select.ts';
import { type StandardScaleSpec, standardScaleSpec } from './steps/standard-scale.ts';
import { type TargetEncodeSpec, targetEncodeSpec } from './steps/target-encode.ts';
import { type TfidfSpec, tfidfSpec } from './steps/tfidf.ts';
import { type YeoJohnsonSpec, yeoJohnsonSpec } from './steps/yeo-johnson.ts';

/** One step of a recipe before it is fitted; `kind` says which. */
export type StepSpec =
  | BinSpec
  | ClipSpec
  | DatePartsSpec
  | DeriveSpec
  | DropSpec
  | DropCorrelatedSpec
  | DropLowVarianceSpec
  | FrequencyEncodeSpec
  | GroupRareSpec
  | HashTextSpec
  | ImputeSpec
  | KeepImportantSpec
  | LogSpec
  | Log1pSpec
  | MinMaxScaleSpec
  | MissingIndicatorSpec
  | OneHotSpec
  | OrdinalEncodeSpec
  | RobustScaleSpec
  | SelectSpec
  | StandardScaleSpec
  | TargetEncodeSpec
  | TfidfSpec
  | YeoJohnsonSpec;

const definitions: {
  readonly [Kind in StepSpec['kind']]: SpecDefinition<
    Extract<StepSpec, { kind: Kind }>,
    FittedStep
  >;
} = {
  bin: binSpec,
  clip: clipSpec,
  date_parts: datePartsSpec,
  derive: deriveSpec,
  drop: dropSpec,
  drop_correlated: dropCorrelatedSpec,
  drop_low_variance: dropLowVarianceSpec,
  frequency_encode: frequencyEncodeSpec,
  group_rare: groupRareSpec,
  hash_text: hashTextSpec,
  impute: imputeSpec,
  keep_important: keepImportantSpec,
  log: logSpec,
  log1p: log1pSpec,
  min_max_scale: minMaxScaleSpec,
  missing_indicator: missingIndicatorSpec,
  one_hot: oneHotSpec,
  ordinal_encode: ordinalEncodeSpec,
  robust_scale: robustScaleSpec,
  select: selectSpec,
  standard_scale: standardScaleSpec,
  target_encode: targetEncodeSpec,
  tfidf: tfidfSpec,
  yeo_johnson: yeoJohnsonSpec,
};

/** The kinds of steps that a specification can name, in alphabetical order. */
export const STEP_KINDS = Object.keys(definitions) as readonly StepSpec['kind'][];

/** How steps of a kind are read and fitted. */
export function specDefinition(kind: StepSpec['kind']): SpecDefinition<StepSpec, FittedStep> {
  return definitions[kind] as SpecDefinition<StepSpec, FittedStep>;
}

/** Read one unfitted step of any kind. */
export function parseStepSpec(node: JsonNode): StepSpec {
  return specDefinition(readChoice(field(node, 'kind'), STEP_KINDS)).parse(node);
}
