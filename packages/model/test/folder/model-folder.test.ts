import {
  type TableRow,
  createColumnBuilder,
  createRandom,
  createTable,
  isGnuMlopsError,
  rowAt,
} from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MODEL_FILE_NAME, formatModel } from '../../src/file/model-file.ts';
import { formatModelFolder, parseModelFolder } from '../../src/folder/model-folder.ts';
import { predictTable } from '../../src/predict-table.ts';
import {
  tinyBoostedRegression,
  tinyCustomers,
  tinyForest,
  tinyModels,
} from '../fixtures/tiny-models.ts';

const createdAt = '2026-01-31T09:05:00.250Z';
const runId = '0123456789abcdef0123456789abcdef';
const modelId = `m-${runId}`;
const customers = tinyCustomers();
const inputExample: TableRow[] = [rowAt(customers, 0), rowAt(customers, 2)];

type Folder = Map<string, Uint8Array>;

function textOf(files: Folder, name: string): string {
  return new TextDecoder().decode(files.get(name));
}

function withText(files: Folder, name: string, change: (text: string) => string): Folder {
  return new Map(files).set(name, new TextEncoder().encode(change(textOf(files, name))));
}

const full = formatModelFolder(tinyForest(), { createdAt, runId, modelId, inputExample });

describe('formatModelFolder', () => {
  it('writes MLmodel with signature, sizes and a flavor of its own, and no other flavor', () => {
    const { inputs, outputs } = tinyForest().signature;
    const others = [...full].filter(([name]) => name !== 'MLmodel');
    expect(parse(textOf(full, 'MLmodel'))).toEqual({
      flavors: { gnu_mlops: { data: 'model.gnumlops', format_version: 2 } },
      model_id: modelId,
      model_uuid: modelId,
      run_id: runId,
      model_size_bytes: others.reduce((sum, [, bytes]) => sum + bytes.length, 0),
      saved_input_example_info: {
        artifact_path: 'input_example.json',
        pandas_orient: 'split',
        serving_input_path: 'serving_input_example.json',
        type: 'dataframe',
      },
      signature: { inputs: JSON.stringify(inputs), outputs: JSON.stringify(outputs), params: null },
      utc_time_created: '2026-01-31 09:05:00.250000',
    });
  });

  it('quotes every text, so that no reader takes an id for a number or a time for a date', () => {
    const files = formatModelFolder(tinyForest(), {
      createdAt,
      runId: '00000000000000000000000000000123',
    });
    expect(textOf(files, 'MLmodel')).toContain('run_id: "00000000000000000000000000000123"');
    expect(textOf(files, 'MLmodel')).toContain('utc_time_created: "2026-01-31 09:05:00.250000"');
  });

  it('holds the model file as formatModel writes it', () => {
    expect(full.get(MODEL_FILE_NAME)).toEqual(formatModel(tinyForest()));
  });

  it('lays the example out by the inputs, missing cells as null and times as text', () => {
    const split = {
      columns: ['tenure', 'plan', 'autopay', 'since'],
      data: [
        [1, 'monthly', false, '2026-01-01T00:00:00.000Z'],
        [null, 'monthly', null, '2025-06-01T00:00:00.000Z'],
      ],
    };
    expect(JSON.parse(textOf(full, 'input_example.json'))).toEqual(split);
    expect(JSON.parse(textOf(full, 'serving_input_example.json'))).toEqual({
      dataframe_split: split,
    });
  });

  it('writes the recipe for people to read', () => {
    expect(JSON.parse(textOf(full, 'recipe.json'))).toEqual(tinyForest().recipe);
  });

  it('gives the same bytes for the same model, and few files without an example', () => {
    const small = () => formatModelFolder(tinyBoostedRegression(), { createdAt });
    expect(small()).toEqual(small());
    expect([...small().keys()]).toEqual(['MLmodel', 'model.gnumlops', 'recipe.json']);
  });

  it.each([
    ['createdAt', { createdAt: 'yesterday' }],
    [
      'inputExample[0].tenure',
      { createdAt, inputExample: [{ plan: 'monthly', autopay: true, since: 0 }] },
    ],
    [
      'inputExample[1].tenure',
      { createdAt, inputExample: [inputExample[0]!, { ...inputExample[0], tenure: Infinity }] },
    ],
    [
      'inputExample[0].since',
      { createdAt, inputExample: [{ ...inputExample[0], since: 1_700_000_000_000_000_000 }] },
    ],
  ])('throws MODEL_FOLDER_OPTION naming %s', (option, options) => {
    expect(() => formatModelFolder(tinyForest(), options)).toThrow(
      expect.objectContaining({ code: 'MODEL_FOLDER_OPTION', option }),
    );
  });
});

describe('parseModelFolder', () => {
  it.each(tinyModels())('gives back %s and its origin', (_, model) => {
    const files = formatModelFolder(model, { createdAt, runId, modelId, modelUuid: 'u' });
    expect(parseModelFolder(files)).toEqual({
      model,
      origin: { createdAt, runId, modelId, modelUuid: 'u' },
    });
  });

  it('gives back example rows that score like the rows they were', () => {
    const { model, inputExample: rows } = parseModelFolder(full);
    const table = createTable(
      model.signature.inputs.map((input) => {
        const builder = createColumnBuilder(input);
        for (const row of rows!) builder.appendValue(row[input.name]);
        return [input.name, builder.finish()] as const;
      }),
    );
    const predictions = predictTable(model, table);
    const all = predictTable(model, customers);
    if (predictions.task !== 'classification' || all.task !== 'classification')
      throw new Error('task');
    expect([...predictions.probabilities]).toEqual(
      [0, 2].flatMap((row) => [...all.probabilities.slice(row * 2, row * 2 + 2)]),
    );
  });

  it('reads an MLmodel that another tool saved again, with keys it does not know', () => {
    const again = withText(full, 'MLmodel', (text) =>
      `artifact_path: model\nmetadata: {team: churn}\n${text.replaceAll('"m-', '"n-')}`.replace(
        /^run_id: .*$/m,
        'run_id: null',
      ),
    );
    const { origin } = parseModelFolder(again);
    expect(origin).toEqual({ createdAt, modelId: `n-${runId}`, modelUuid: `n-${runId}` });
  });

  it('needs only MLmodel and the file it names', () => {
    const renamed = withText(full, 'MLmodel', (text) =>
      text.replace('model.gnumlops', 'other.bin'),
    );
    const files = new Map([
      ['MLmodel', renamed.get('MLmodel')!],
      ['other.bin', full.get(MODEL_FILE_NAME)!],
    ]);
    expect(parseModelFolder(files).model).toEqual(tinyForest());
  });

  it('throws MODEL_FOLDER_FILE_MISSING naming the file and what there is', () => {
    expect(() => parseModelFolder(new Map())).toThrow(
      expect.objectContaining({ code: 'MODEL_FOLDER_FILE_MISSING', file: 'MLmodel' }),
    );
    const files = new Map(full);
    files.delete(MODEL_FILE_NAME);
    expect(() => parseModelFolder(files)).toThrow(
      expect.objectContaining({
        file: 'model.gnumlops',
        message: expect.stringContaining('recipe.json'),
      }),
    );
  });

  it('throws MODEL_FLAVOR_MISSING for the model of another tool, naming its flavors', () => {
    const files = withText(
      full,
      'MLmodel',
      () => 'flavors:\n  python_function: {}\n  sklearn: {}\n',
    );
    expect(() => parseModelFolder(files)).toThrow(
      expect.objectContaining({
        code: 'MODEL_FLAVOR_MISSING',
        flavors: ['python_function', 'sklearn'],
      }),
    );
  });

  it('throws MODEL_FILE_VERSION when the flavor is newer', () => {
    const files = withText(full, 'MLmodel', (text) =>
      text.replace('format_version: 2', 'format_version: 3'),
    );
    expect(() => parseModelFolder(files)).toThrow(
      expect.objectContaining({ code: 'MODEL_FILE_VERSION', found: 3, supported: 2 }),
    );
  });

  const flavor = 'flavors: {gnu_mlops: {data: model.gnumlops, format_version: 2}}';
  const faults: [what: string, name: string, text: string][] = [
    ['an MLmodel that is no YAML', 'MLmodel', '{'],
    ['an MLmodel that is a list', 'MLmodel', '- a list'],
    ['an MLmodel with a key twice', 'MLmodel', 'a: 1\na: 2'],
    ['flavors that are a number', 'MLmodel', 'flavors: 1'],
    ['an MLmodel nested without end', 'MLmodel', '['.repeat(10_000)],
    ['an MLmodel of a million tags', 'MLmodel', '!!a '.repeat(1_000_000)],
    [
      'aliases of aliases',
      'MLmodel',
      `a: &a [x]\n${'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n'.repeat(3)}`,
    ],
    ['a data file that is no name', 'MLmodel', flavor.replace('model.gnumlops', '1')],
    ['a time that is none', 'MLmodel', `utc_time_created: soon\n${flavor}`],
    ['a run id that is a list', 'MLmodel', `run_id: [1]\n${flavor}`],
    ['an example row too long', 'input_example.json', '{"columns":["a"],"data":[[1,2]]}'],
    ['an example cell that is an object', 'input_example.json', '{"columns":["a"],"data":[[{}]]}'],
    ['an example without columns', 'input_example.json', '{"data":[]}'],
    ['an example that is no JSON', 'input_example.json', 'x'],
    ['an empty model file', 'model.gnumlops', ''],
  ];

  it.each(faults)('throws MODEL_FILE_CORRUPT for %s', (_, name, text) => {
    expect(() => parseModelFolder(withText(full, name, () => text))).toThrow(
      expect.objectContaining({ code: 'MODEL_FILE_CORRUPT' }),
    );
  });

  it('throws a coded error or reads on when MLmodel is damaged', () => {
    const random = createRandom(31);
    const bytes = full.get('MLmodel')!;
    let refused = 0;
    for (let i = 0; i < 800; i++) {
      const damaged = bytes.slice();
      for (let k = 0; k < 3; k++) damaged[random.nextInt(bytes.length)] = random.nextInt(256);
      try {
        expect(parseModelFolder(new Map(full).set('MLmodel', damaged)).model).toEqual(tinyForest());
      } catch (error) {
        if (!isGnuMlopsError(error)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});
