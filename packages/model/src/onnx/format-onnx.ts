import { type SignatureType } from '@gnu-mlops/core';
import { checkModel } from '../check-model.ts';
import type { Model } from '../model.ts';
import { type ElementType, type GraphBuilder, createGraphBuilder } from './graph-builder.ts';
import { flatten, number, takeColumn, where } from './graph-math.ts';
import { boolTensor, doubleTensor, int64Tensor, textTensor } from './make-tensor.ts';
import type { TensorProto } from './onnx-messages.ts';
import { OnnxUnsupportedError } from './onnx-errors.ts';
import { onnxOutputs } from './onnx-outputs.ts';
import { writeCalibration } from './write-calibration.ts';
import { writeEstimator } from './write-estimator.ts';
import { writeRecipe } from './write-recipe.ts';

/**
 * Write a model as one ONNX graph of everything: raw columns in, predictions out, all numbers in
 * double precision. Needs a runtime with the operators of ai.onnx.ml 5, such as ONNX Runtime 1.20.
 *
 * Inputs: one per column of the signature, named like it, a list of n cells (n x 1 where there is
 * one input only): double, float, int64 (`long`), int32 (`integer`), bool or string. NaN is a
 * missing number; a missing text is `''`, and `nan`, `None` and `<NA>` too, which is what Python makes
 * of one, unless the column has such a category. Integers and booleans cannot be missing.
 *
 * Outputs: {@link onnxOutputs}, n cells each.
 *
 * A text that the recipe refuses is an error of the run, as here; a linear score of a missing or
 * infinite feature is NaN, where scoring here throws.
 *
 * @returns the bytes of an `.onnx` file; the same model gives the same bytes.
 * @throws {ModelInvalidError} when the model's parts do not fit together.
 * @throws {OnnxUnsupportedError} when ONNX has no counterpart of a part, such as a time as input.
 */
export function formatOnnx(model: Model): Uint8Array<ArrayBuffer> {
  checkModel(model);
  const { task, target, signature, recipe, estimator, calibration } = model;
  const classes = target.classes ?? [];
  const names = onnxOutputs(model).map(({ name }) => name);
  const graph = createGraphBuilder([...signature.inputs.map(({ name }) => name), ...names]);
  if (task === 'regression') {
    const value = writeRecipe(graph, recipe, signature.inputs);
    const values = writeEstimator(graph, { value, features: recipe.features }, estimator);
    graph.output(names[0]!, 'double', flatten(graph, values));
    return graph.finish();
  }
  const value = writeRecipe(graph, recipe, signature.inputs);
  const shares = writeEstimator(graph, { value, features: recipe.features }, estimator);
  const probabilities = calibration ? writeCalibration(graph, shares, calibration) : shares;
  const labels = labelTensor(classes, signature.outputs[0]?.type ?? 'string');
  writeClassOutputs(graph, { probabilities, labels, names, decision: decisionOf(model) });
  return graph.finish();
}

interface ClassOutputs {
  /** n x classes. */
  readonly probabilities: string;
  readonly labels: { readonly type: ElementType; readonly tensor: TensorProto };
  /** Of label, probability and the probability of each class. */
  readonly names: readonly string[];
  /** Absent: the most probable class. */
  readonly decision: Decision | undefined;
}

/** The class that a row is of when its probability is at least `value`; else it is of the other. */
interface Decision {
  readonly code: number;
  readonly value: number;
}

function decisionOf({ target, threshold }: Model): Decision | undefined {
  if (threshold === undefined) return undefined;
  return { code: target.classes!.indexOf(threshold.positiveClass), value: threshold.value };
}

function writeClassOutputs(
  graph: GraphBuilder,
  { probabilities, labels, names, decision }: ClassOutputs,
): void {
  const chosen = decision
    ? writeDecision(graph, probabilities, decision)
    : writeMostProbable(graph, probabilities);
  const label = graph.operator('Gather', { inputs: [graph.constant(labels.tensor), chosen.code] });
  const [labelName, probabilityName, ...classNames] = names;
  graph.output(labelName!, labels.type, label);
  graph.output(probabilityName!, 'double', chosen.probability);
  classNames.forEach((name, k) =>
    graph.output(name, 'double', flatten(graph, takeColumn(graph, probabilities, k))),
  );
}

/** The codes of the predicted classes, and their probabilities; n each. */
interface ChosenClass {
  readonly code: string;
  readonly probability: string;
}

function writeMostProbable(graph: GraphBuilder, probabilities: string): ChosenClass {
  const code = graph.operator('ArgMax', {
    inputs: [probabilities],
    attributes: { axis: { int: 1 }, keepdims: { int: 0 } },
  });
  const probability = graph.operator('ReduceMax', {
    inputs: [probabilities],
    attributes: { axes: { ints: [1] }, keepdims: { int: 0 } },
  });
  return { code, probability };
}

function writeDecision(
  graph: GraphBuilder,
  probabilities: string,
  { code, value }: Decision,
): ChosenClass {
  const column = (k: number) => flatten(graph, takeColumn(graph, probabilities, k));
  const whole = (k: number) => graph.constant(int64Tensor([k], []));
  const [positive, negative] = [column(code), column(1 - code)];
  const isPositive = graph.operator('GreaterOrEqual', {
    inputs: [positive, number(graph, value)],
  });
  return {
    code: where(graph, isPositive, { whenTrue: whole(code), whenFalse: whole(1 - code) }),
    probability: where(graph, isPositive, { whenTrue: positive, whenFalse: negative }),
  };
}

/** The class labels in the type that the signature promises. */
function labelTensor(classes: readonly string[], type: SignatureType): ClassOutputs['labels'] {
  if (type === 'string') return { type: 'string', tensor: textTensor(classes) };
  if (type === 'boolean' && classes.every((name) => name === 'true' || name === 'false')) {
    const values = classes.map((name) => Number(name === 'true'));
    return { type: 'bool', tensor: boolTensor(values) };
  }
  const numbers = classes.map((name) => (name.trim() === '' ? NaN : Number(name)));
  if ((type === 'long' || type === 'integer') && numbers.every(Number.isSafeInteger)) {
    return { type: 'int64', tensor: int64Tensor(numbers) };
  }
  if ((type === 'double' || type === 'float') && !numbers.some(Number.isNaN)) {
    return { type: 'double', tensor: doubleTensor(numbers) };
  }
  throw new OnnxUnsupportedError('the signature', `promises a ${type}, and the classes are none`);
}
