import { describe, expect, it } from 'vitest';
import { checksumOf, formatModel, parseModel } from '../../src/file/model-file.ts';
import { parseTensorFile } from '../../src/file/parse-tensor-file.ts';
import type { Tensor, TensorValues } from '../../src/file/tensor.ts';
import type { Model } from '../../src/model.ts';
import { predictTable } from '../../src/predict-table.ts';
import { tinyCustomers, tinyForest, tinyLogistic, tinyModels } from '../fixtures/tiny-models.ts';
import { tamper } from '../fixtures/tamper.ts';

describe('formatModel and parseModel', () => {
  it.each(tinyModels())('give back %s, which scores the same bits', (_, model) => {
    const parsed = parseModel(formatModel(model));
    expect(parsed).toEqual(model);
    expect(predictTable(parsed, tinyCustomers())).toEqual(predictTable(model, tinyCustomers()));
  });

  it.each(tinyModels())('write the same bytes again for %s', (_, model) => {
    const bytes = formatModel(model);
    expect(formatModel(parseModel(bytes))).toEqual(bytes);
  });

  it('write equal models to equal bytes, whatever the order of their fields', () => {
    const model = tinyForest();
    const reversed = Object.fromEntries(Object.entries(model).reverse()) as unknown as Model;
    const provenance = Object.fromEntries(Object.entries(model.provenance).reverse());
    expect(formatModel({ ...reversed, provenance } as Model)).toEqual(formatModel(model));
  });

  it('read a model out of the middle of a larger buffer, and keep none of it', () => {
    const bytes = formatModel(tinyForest());
    const larger = new Uint8Array(bytes.length + 5);
    larger.set(bytes, 5);
    const parsed = parseModel(larger.subarray(5));
    larger.fill(0xff);
    expect(parsed).toEqual(tinyForest());
  });

  it('read a Node Buffer into arrays of the same kinds, with memory of their own', () => {
    const buffer = Buffer.from(formatModel(tinyForest()));
    const parsed = parseModel(buffer);
    buffer.fill(0xff);
    expect(parsed).toEqual(tinyForest());
  });

  it('keep names that could be taken for something else', () => {
    const model = tinyForest(['__proto__', 'constructor']);
    const metrics = JSON.parse('{"__proto__":1,"toString":2}') as Record<string, number>;
    const odd = { ...model, provenance: { ...model.provenance, metrics } };
    const parsed = parseModel(formatModel(odd));
    expect(parsed.target.classes).toEqual(['__proto__', 'constructor']);
    expect(Object.entries(parsed.provenance.metrics)).toEqual(Object.entries(metrics));
  });
});

describe('formatModel', () => {
  it('throws MODEL_INVALID rather than write what parseModel would refuse', () => {
    const model = tinyForest();
    const nested = JSON.parse('['.repeat(70) + ']'.repeat(70)) as [];
    const bad: [where: string, model: Model][] = [
      [
        'provenance',
        { ...model, provenance: { ...model.provenance, hyperparameters: { nested } } },
      ],
      [
        'provenance.trainingRows',
        { ...model, provenance: { ...model.provenance, trainingRows: 0.5 } },
      ],
      ['recipe', { ...model, recipe: { ...model.recipe, steps: [] } }],
    ];
    for (const [where, given] of bad) {
      expect(() => formatModel(given)).toThrow(
        expect.objectContaining({ code: 'MODEL_INVALID', where }),
      );
    }
  });

  it('throws MODEL_INVALID for a model whose parts do not fit together', () => {
    expect(() => formatModel({ ...tinyForest(), task: 'regression' })).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID' }),
    );
  });

  it.each([
    ['provenance.metrics.roc_auc', { metrics: { roc_auc: NaN } }],
    ['provenance.hyperparameters.C', { hyperparameters: { C: Infinity } }],
    ['provenance.hyperparameters.list[1]', { hyperparameters: { list: [1, () => 2] } }],
    ['provenance.hyperparameters.when', { hyperparameters: { when: new Date(0) } }],
  ])('throws MODEL_INVALID naming %s rather than lose what JSON cannot hold', (where, part) => {
    const model = tinyForest();
    const provenance = { ...model.provenance, ...part } as Model['provenance'];
    expect(() => formatModel({ ...model, provenance })).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where }),
    );
  });
});

const bytes = formatModel(tinyForest());
const linearBytes = formatModel(tinyLogistic());

function withTensor(name: string, change: (tensor: Tensor) => Tensor, of = bytes): Uint8Array {
  return tamper(of, ({ tensors }) => tensors.set(name, change(tensors.get(name)!)));
}

function withEntry(name: string, at: number, value: number, of = bytes): Uint8Array {
  return withTensor(
    name,
    ({ shape, values }) => ({ shape, values: values.with(at, value) as TensorValues }),
    of,
  );
}

function withMetadata(name: string, change: (text: string) => string): Uint8Array {
  return tamper(bytes, ({ metadata }) => {
    metadata[name] = change(metadata[name] ?? '');
  });
}

function withJson(name: string, change: (value: never) => unknown): Uint8Array {
  return withMetadata(name, (text) => JSON.stringify(change(JSON.parse(text) as never)));
}

const { estimator } = tinyForest();
if (estimator.kind !== 'tree_ensemble') throw new Error('the fixture is a forest');
const split = estimator.splitFeature.findIndex((feature) => feature >= 0);
const leaf = estimator.splitFeature.indexOf(-1);
const nodeCount = estimator.splitFeature.length;

const faults: [what: string, where: string, bytes: Uint8Array][] = [
  [
    'a NaN threshold',
    `the model's estimator.threshold[${split}]`,
    withEntry('threshold', split, NaN),
  ],
  [
    'a child out of the tree',
    `the model's estimator.leftChild[${split}]`,
    withEntry('left_child', split, nodeCount),
  ],
  ['a cycle', `the model's estimator.rightChild[${split}]`, withEntry('right_child', split, 0)],
  [
    'a leaf index out of range',
    `the model's estimator.leafIndex[${leaf}]`,
    withEntry('leaf_index', leaf, 1 << 30),
  ],
  [
    'a feature the recipe does not make',
    "the model's estimator",
    withEntry('split_feature', split, 1000),
  ],
  ['a NaN leaf', "the model's estimator.leafValues[0]", withEntry('leaf_values', 0, NaN)],
  [
    'a NaN coefficient',
    "the model's estimator.coefficients[0]",
    withEntry('coefficients', 0, NaN, linearBytes),
  ],
  [
    'a coefficient too many',
    "the model's estimator",
    withTensor(
      'coefficients',
      ({ values }) => ({ shape: [values.length + 1], values: Float64Array.of(...values, 1) }),
      linearBytes,
    ),
  ],
  [
    'trees that start before the file',
    "the model's estimator.treeStarts[0]",
    withEntry('tree_starts', 0, -1),
  ],
  [
    'thresholds as integers',
    'tensor "threshold"',
    withTensor('threshold', ({ shape, values }) => ({ shape, values: Int32Array.from(values) })),
  ],
  ['a missing tensor', 'tensor "cover"', tamper(bytes, ({ tensors }) => tensors.delete('cover'))],
  [
    'an unknown tensor',
    'tensor "extra"',
    tamper(bytes, ({ tensors }) => tensors.set('extra', { shape: [0], values: new Uint8Array(0) })),
  ],
  [
    'outputs other than the classes',
    "the model's estimator",
    withJson('target', () => ({ name: 'c', classes: ['a', 'b', 'c'] })),
  ],
  [
    'a billion outputs',
    "the model's estimator.baseScore",
    withJson('estimator', (e: object) => ({ ...e, outputCount: 1e9 })),
  ],
  [
    'half an output',
    'estimator.outputCount',
    withJson('estimator', (e: object) => ({ ...e, outputCount: 1.5 })),
  ],
  [
    'another kind of estimator',
    'estimator.kind',
    withJson('estimator', (e: object) => ({ ...e, kind: 'python' })),
  ],
  [
    'an unknown link',
    'estimator.link',
    withJson('estimator', (e: object) => ({ ...e, link: 'probit' })),
  ],
  ['an unknown task', 'header.__metadata__.task', withMetadata('task', () => 'ranking')],
  [
    'classes that are numbers',
    'target.classes[0]',
    withJson('target', () => ({ name: 'c', classes: [1, 2] })),
  ],
  [
    'an unknown type of column',
    'signature.inputs[0].type',
    withJson('signature', () => ({
      inputs: [{ name: 'a', type: 'tensor', required: true }],
      outputs: [],
    })),
  ],
  [
    'a column without a name',
    'signature.outputs[0]',
    withJson('signature', (s: object) => ({ ...s, outputs: [{}] })),
  ],
  ['a recipe of another shape', 'recipe', withJson('recipe', () => ({ version: 1 }))],
  [
    'a recipe of its own features',
    'recipe',
    withJson('recipe', (r: { features: [] }) => ({ ...r, features: r.features.slice(1) })),
  ],
  [
    'a metric that is text',
    'provenance.metrics.accuracy',
    withJson('provenance', (p: object) => ({ ...p, metrics: { accuracy: 'high' } })),
  ],
  [
    'hyperparameters that are a list',
    'provenance.hyperparameters',
    withJson('provenance', (p: object) => ({ ...p, hyperparameters: [] })),
  ],
  [
    'a negative number of rows',
    'provenance.trainingRows',
    withJson('provenance', (p: object) => ({ ...p, trainingRows: -1 })),
  ],
  ['deep JSON', 'provenance', withMetadata('provenance', () => '['.repeat(50_000))],
  ['a name twice', 'target', withMetadata('target', () => '{"name":"a","name":"b"}')],
  ['no recipe', 'header.__metadata__', tamper(bytes, ({ metadata }) => delete metadata['recipe'])],
  ['a file of another kind', 'header.__metadata__.format', withMetadata('format', () => 'pt')],
  ['no version', 'header.__metadata__.format_version', withMetadata('format_version', () => '')],
  [
    'a version that is no number',
    'header.__metadata__.format_version',
    withMetadata('format_version', () => '1e0'),
  ],
];

describe('parseModel', () => {
  it.each(faults)('throws MODEL_FILE_CORRUPT for %s, naming %s', (_, where, damaged) => {
    expect(() => parseModel(damaged)).toThrow(
      expect.objectContaining({ code: 'MODEL_FILE_CORRUPT', where }),
    );
  });

  it('throws MODEL_FILE_VERSION for a newer file, whatever else is new in it', () => {
    const newer = tamper(bytes, ({ tensors, metadata }) => {
      metadata['format_version'] = '7';
      tensors.clear();
    });
    expect(() => parseModel(newer)).toThrow(
      expect.objectContaining({
        code: 'MODEL_FILE_VERSION',
        found: 7,
        supported: 2,
        message: expect.stringContaining('Upgrade @gnu-mlops/model'),
      }),
    );
  });

  it('throws MODEL_FILE_CORRUPT for one changed number that no other check could find', () => {
    const damaged = bytes.slice();
    const view = new DataView(damaged.buffer);
    const start = 8 + Number(view.getBigUint64(0, true));
    const { tensors, metadata } = parseTensorFile(bytes, () => undefined);
    const coverStart = start + tensors.get('base_score')!.values.byteLength;
    view.setFloat64(coverStart, view.getFloat64(coverStart, true) + 1, true);
    expect(() => parseModel(damaged)).toThrow(
      expect.objectContaining({ where: 'header.__metadata__.checksum' }),
    );
    expect(metadata['checksum']).toBe(checksumOf({ tensors, metadata }));
  });

  it('throws MODEL_FILE_CORRUPT for files that never were models', () => {
    const texts = [
      '',
      '{"a":1}',
      'PK\u0003\u0004 a zip file',
      '\u0080\u0004 a pickle',
      'x'.repeat(1000),
    ];
    for (const text of texts) {
      expect(() => parseModel(new TextEncoder().encode(text))).toThrow(
        expect.objectContaining({ code: 'MODEL_FILE_CORRUPT' }),
      );
    }
  });
});
