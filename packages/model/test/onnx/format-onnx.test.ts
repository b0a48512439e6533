import { createTable } from '@gnu-mlops/core';
import { type RecipeSpec, fitRecipe } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { formatModelFolder } from '../../src/folder/model-folder.ts';
import type { Model } from '../../src/model.ts';
import { decodeMessage } from '../../src/onnx/decode-message.ts';
import { formatOnnx } from '../../src/onnx/format-onnx.ts';
import { modelProto } from '../../src/onnx/onnx-messages.ts';
import { tinyForest, tinyLogistic, tinyModels } from '../fixtures/tiny-models.ts';

/** A forest over one number and one text, named as asked. */
function model(names: readonly [string, string] = ['size', 'colour'], spec?: RecipeSpec): Model {
  const table = createTable([
    [names[0], { kind: 'numeric', values: Float64Array.of(1, 2, NaN) }],
    [names[1], { kind: 'text', values: ['red', 'blue', null] }],
  ]);
  const steps = spec ?? { steps: [{ kind: 'one_hot', columns: [names[1]], unknown: 'other' }] };
  const recipe = fitRecipe(table, steps);
  const { estimator } = tinyForest();
  if (estimator.kind !== 'tree_ensemble') throw new Error('no trees');
  const splitFeature = estimator.splitFeature.map((feature) => Math.min(feature, 1));
  return {
    ...tinyForest(),
    recipe,
    signature: { ...tinyForest().signature, inputs: recipe.inputs },
    estimator: { ...estimator, splitFeature },
  };
}

function graphOf(bytes: Uint8Array) {
  const { graph } = decodeMessage(bytes, modelProto, '');
  const nodes = (graph?.node ?? []).map(({ opType, input = [], output = [] }) => ({
    opType,
    input,
    output,
  }));
  const names = (list: readonly { readonly name?: string }[] = []) => list.map(({ name }) => name);
  return {
    nodes,
    inputs: names(graph?.input),
    outputs: names(graph?.output),
    constants: names(graph?.initializer),
  };
}

describe('formatOnnx', () => {
  it('has an input per column, and per row a label, its probability and one per class', () => {
    const { inputs, outputs } = graphOf(formatOnnx(model()));
    expect(inputs).toEqual(['size', 'colour']);
    expect(outputs).toEqual(['label', 'probability', 'probability=no', 'probability=yes']);
  });

  it('makes every value before it is used, once, under a name that is no input or output', () => {
    const { nodes, inputs, constants, outputs } = graphOf(formatOnnx(model(['value_1', 'label'])));
    expect(outputs[0]).toBe('label_');
    const known = new Set([...inputs, ...constants]);
    expect(known.size).toBe(inputs.length + constants.length);
    for (const { opType, input, output } of nodes) {
      for (const name of input)
        if (name !== '') expect([opType, known.has(name)]).toEqual([opType, true]);
      for (const name of output) {
        expect(known.has(name)).toBe(false);
        known.add(name);
      }
    }
    for (const name of outputs) expect(known.has(name!)).toBe(true);
  });

  it('gives the same bytes for the same model', () => {
    expect(formatOnnx(model())).toEqual(formatOnnx(model()));
  });

  it.each(tinyModels())('refuses %s, which reads a time, naming the input', (_, timed) => {
    expect(() => formatOnnx(timed)).toThrow(
      expect.objectContaining({ code: 'MODEL_ONNX_UNSUPPORTED', where: 'the input "since"' }),
    );
  });

  it('refuses splits on sets of a feature that need not be a whole number, naming it', () => {
    const { estimator } = model();
    if (estimator.kind !== 'tree_ensemble') throw new Error('no trees');
    const setOf = estimator.splitFeature.map((feature) => (feature === 0 ? 0 : -1));
    const categorySets = { setOf, starts: Int32Array.of(0, 1), words: Int32Array.of(5) };
    expect(() => formatOnnx({ ...model(), estimator: { ...estimator, categorySets } })).toThrow(
      expect.objectContaining({ code: 'MODEL_ONNX_UNSUPPORTED', where: 'the feature "size"' }),
    );
  });

  it('refuses class labels that are not of the promised type', () => {
    const promised = { name: 'prediction', type: 'long', required: true } as const;
    const { signature } = model();
    expect(() =>
      formatOnnx({ ...model(), signature: { ...signature, outputs: [promised] } }),
    ).toThrow(expect.objectContaining({ code: 'MODEL_ONNX_UNSUPPORTED', where: 'the signature' }));
  });

  it('throws MODEL_INVALID for a model whose parts do not fit together', () => {
    expect(() => formatOnnx({ ...model(), estimator: tinyLogistic().estimator })).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID' }),
    );
  });
});

describe('formatModelFolder of a model that ONNX can say', () => {
  const files = formatModelFolder(model(), { createdAt: '2026-01-31T09:05:00Z' });
  const textOf = (name: string) => new TextDecoder().decode(files.get(name));

  it('holds the graph and what Python needs to run it', () => {
    expect([...files.keys()]).toEqual([
      'MLmodel',
      'model.gnumlops',
      'recipe.json',
      'model.onnx',
      'conda.yaml',
      'python_env.yaml',
      'requirements.txt',
    ]);
    expect(files.get('model.onnx')).toEqual(formatOnnx(model()));
    expect(textOf('requirements.txt')).toMatch(/^mlflow==\S+\nonnx==\S+\nonnxruntime==\S+\n$/);
  });

  it('names the flavors onnx and python_function beside ours', () => {
    expect(textOf('MLmodel')).toContain('loader_module: "mlflow.onnx"');
    expect(textOf('MLmodel')).toContain('data: "model.onnx"');
    expect(textOf('MLmodel')).toContain('data: "model.gnumlops"');
  });
});
