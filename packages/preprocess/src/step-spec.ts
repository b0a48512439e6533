import type { FittedStep } from './fitted-step.ts';
import { type JsonNode, field, readChoice } from './json-node.ts';
import type { SpecDefinition } from './step-definition.ts';
import { type ClipSpec, clipSpec } from './steps/clip.ts';
import { type DropSpec, dropSpec } from './steps/drop.ts';
import { type ImputeSpec, imputeSpec } from './steps/impute.ts';
import { type Log1pSpec, log1pSpec } from './steps/log1p.ts';
import { type MinMaxScaleSpec, minMaxScaleSpec } from './steps/min-max-scale.ts';
import { type OneHotSpec, oneHotSpec } from './steps/one-hot.ts';
import { type OrdinalEncodeSpec, ordinalEncodeSpec } from './steps/ordinal-encode.ts';
import { type SelectSpec, selectSpec } from './steps/select.ts';
import { type StandardScaleSpec, standardScaleSpec } from './steps/standard-scale.ts';

/** One step of a recipe before it is fitted; `kind` says which. */
export type StepSpec =
  | ClipSpec
  | DropSpec
  | ImputeSpec
  | Log1pSpec
  | MinMaxScaleSpec
  | OneHotSpec
  | OrdinalEncodeSpec
  | SelectSpec
  | StandardScaleSpec;

const definitions: {
  readonly [Kind in StepSpec['kind']]: SpecDefinition<
    Extract<StepSpec, { kind: Kind }>,
    FittedStep
  >;
} = {
  clip: clipSpec,
  drop: dropSpec,
  impute: imputeSpec,
  log1p: log1pSpec,
  min_max_scale: minMaxScaleSpec,
  one_hot: oneHotSpec,
  ordinal_encode: ordinalEncodeSpec,
  select: selectSpec,
  standard_scale: standardScaleSpec,
};

const kinds = Object.keys(definitions) as StepSpec['kind'][];

/** How steps of a kind are read and fitted. */
export function specDefinition(kind: StepSpec['kind']): SpecDefinition<StepSpec, FittedStep> {
  return definitions[kind] as SpecDefinition<StepSpec, FittedStep>;
}

/** Read one unfitted step of any kind. */
export function parseStepSpec(node: JsonNode): StepSpec {
  return specDefinition(readChoice(field(node, 'kind'), kinds)).parse(node);
}
