import { type JsonValue, type Signature, type TableRow, canonicalJson } from '@gnu-mlops/core';
import { FolderFileMissingError, ModelFileCorruptError, ModelFileVersionError } from '../errors.ts';
import {
  MODEL_FILE_NAME,
  MODEL_FORMAT_VERSION,
  formatModel,
  parseModel,
} from '../file/model-file.ts';
import { parseStrictJson } from '../file/strict-json.ts';
import type { Model } from '../model.ts';
import { formatOnnx } from '../onnx/format-onnx.ts';
import { OnnxUnsupportedError } from '../onnx/onnx-errors.ts';
import { onnxOutputs } from '../onnx/onnx-outputs.ts';
import { parseInputExample, splitInputExample } from './input-example.ts';
import {
  INPUT_EXAMPLE_NAME,
  type ModelOrigin,
  SERVING_INPUT_NAME,
  formatMlmodel,
  parseMlmodel,
} from './mlmodel.ts';
import { ONNX_FILE_NAME, pythonEnvironment } from './python-flavors.ts';

/** Settings of {@link formatModelFolder}. */
export interface ModelFolderOptions extends ModelOrigin {
  /** ISO 8601, UTC; passed in, as nothing here looks at a clock. */
  readonly createdAt: string;
  /** A few rows that the model can score. */
  readonly inputExample?: readonly TableRow[];
}

/** A model out of a folder, and what the folder says about it. */
export interface ModelFolder {
  readonly model: Model;
  readonly origin: ModelOrigin;
  /** Times are ISO 8601 text. */
  readonly inputExample?: readonly TableRow[];
}

/**
 * Lay a model out as MLflow keeps models: `MLmodel` (YAML, with the signature), the model file,
 * `recipe.json` for people to read, and the example rows for MLflow's pages and clients. Where ONNX
 * can say the model, `model.onnx` and the files that name its Python packages are there too, and
 * Python scores it with `mlflow.pyfunc`: the outputs of the signature are then the columns it gives.
 *
 * @returns each file's name in the folder and its bytes; writing them is the caller's.
 * @throws {ModelInvalidError} when the model's parts do not fit together.
 * @throws {FolderOptionError} when the example does not fit the model, or `createdAt` is no time.
 */
export function formatModelFolder(
  model: Model,
  options: ModelFolderOptions,
): Map<string, Uint8Array<ArrayBuffer>> {
  const { inputExample, ...origin } = options;
  const files = new Map([[MODEL_FILE_NAME, formatModel(model)]]);
  const addJson = (name: string, value: JsonValue) =>
    files.set(name, encode(`${JSON.stringify(sortNames(value), null, 2)}\n`));

  addJson('recipe.json', model.recipe as unknown as JsonValue);
  if (inputExample !== undefined) {
    const { columns, data } = splitInputExample(inputExample, model.signature.inputs);
    addJson(INPUT_EXAMPLE_NAME, { columns, data });
    addJson(SERVING_INPUT_NAME, { dataframe_split: { columns, data } });
  }
  const onnx = formatOnnxWherePossible(model);
  if (onnx !== undefined) {
    files.set(ONNX_FILE_NAME, onnx);
    for (const [name, text] of pythonEnvironment()) files.set(name, encode(text));
  }
  const mlmodel = formatMlmodel({
    origin,
    signature: onnx === undefined ? model.signature : signatureInPython(model),
    data: MODEL_FILE_NAME,
    formatVersion: MODEL_FORMAT_VERSION,
    sizeBytes: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
    hasInputExample: inputExample !== undefined,
    ...(onnx !== undefined && { onnxData: ONNX_FILE_NAME }),
  });
  return new Map([['MLmodel', encode(mlmodel)], ...files]);
}

/**
 * Read a model folder back. The model file alone says what the model is; `recipe.json` and the
 * signature in `MLmodel` are copies for readers, and not looked at.
 *
 * @param files each file's name in the folder, with `/` between folders, and its bytes; files that
 * are not needed may be left out.
 * @throws {FolderFileMissingError} when a file that is needed is not among them.
 * @throws {FlavorMissingError} when `MLmodel` describes a model that is not ours.
 * @throws {ModelFileVersionError} when a newer version of this package wrote the model.
 * @throws {ModelFileCorruptError} when a file is damaged, saying where and what.
 */
export function parseModelFolder(files: ReadonlyMap<string, Uint8Array>): ModelFolder {
  const { origin, data, formatVersion } = parseMlmodel(decode(files, 'MLmodel'));
  if (formatVersion > MODEL_FORMAT_VERSION) {
    throw new ModelFileVersionError(formatVersion, MODEL_FORMAT_VERSION);
  }
  const model = parseModel(fileNamed(files, data));
  if (!files.has(INPUT_EXAMPLE_NAME)) return { model, origin };
  const where = INPUT_EXAMPLE_NAME;
  const value = parseStrictJson(decode(files, where), where);
  return { model, origin, inputExample: parseInputExample({ where, value }) };
}

/** What MLflow's Python side takes and gives; our own side has the model's signature from its file. */
function signatureInPython(model: Model): Signature {
  return { ...model.signature, outputs: onnxOutputs(model) };
}

function formatOnnxWherePossible(model: Model): Uint8Array<ArrayBuffer> | undefined {
  try {
    return formatOnnx(model);
  } catch (error) {
    if (error instanceof OnnxUnsupportedError) return undefined;
    throw error;
  }
}

function fileNamed(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) throw new FolderFileMissingError(name, [...files.keys()]);
  return bytes;
}

function decode(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  const bytes = fileNamed(files, name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ModelFileCorruptError(name, 'is not UTF-8 text', { cause: error });
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** The same value with object names in order, so that equal models give equal text. */
function sortNames(value: JsonValue): JsonValue {
  return JSON.parse(canonicalJson(value)) as JsonValue;
}
