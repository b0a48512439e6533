import { canonicalJson } from '@gnu-mlops/core';
import { checkModel } from '../check-model.ts';
import { ModelFileCorruptError, ModelFileVersionError, ModelInvalidError } from '../errors.ts';
import type { Model } from '../model.ts';
import { crc32 } from './crc32.ts';
import { estimatorFromParts, estimatorParts } from './estimator-tensors.ts';
import { type TensorFile, formatTensorFile } from './format-tensor-file.ts';
import { formatModelMetadata, parseModelMetadata, parsePart } from './model-metadata.ts';
import { parseTensorFile } from './parse-tensor-file.ts';
import { fieldOf, textOf } from './place.ts';
import { writeValues } from './tensor-bytes.ts';

/** The usual name of a model file. */
export const MODEL_FILE_NAME = 'model.gnumlops';

/**
 * The format that {@link formatModel} writes; {@link parseModel} reads it and all before it. It moves
 * with anything that an older reader could not make sense of, a new kind of recipe step included.
 */
export const MODEL_FORMAT_VERSION = 2;

const FORMAT = 'gnu_mlops';

/**
 * Write a model as one file: data only, in the safetensors layout, so that Python's safetensors
 * reads it too. Equal models give equal bytes.
 *
 * @throws {ModelInvalidError} when the model's parts do not fit together.
 */
export function formatModel(model: Model): Uint8Array<ArrayBuffer> {
  checkModel(model);
  const { estimator, ...description } = model;
  const { settings, tensors } = estimatorParts(estimator);
  const metadata = {
    ...formatModelMetadata(description),
    estimator: canonicalJson(settings),
    format: FORMAT,
    format_version: String(MODEL_FORMAT_VERSION),
  };
  const checksum = checksumOf({ tensors, metadata });
  return formatTensorFile({ tensors, metadata: { ...metadata, checksum } });
}

/**
 * Read a model file. The bytes are not trusted: every length, index and number is checked before
 * use, memory is taken only for what the file really holds, and nothing in it is ever run.
 *
 * @throws {ModelFileVersionError} when a newer version of this package wrote the file.
 * @throws {ModelFileCorruptError} when the file is damaged or no model file, saying where and what.
 */
export function parseModel(bytes: Uint8Array): Model {
  const file = parseTensorFile(bytes, checkFormat);
  const metadata = { where: 'header.__metadata__', value: file.metadata };
  checkChecksum(file);
  const model: Model = {
    ...parseModelMetadata(metadata),
    estimator: estimatorFromParts(parsePart(metadata, 'estimator'), file.tensors),
  };
  try {
    checkModel(model);
  } catch (error) {
    if (!(error instanceof ModelInvalidError)) throw error;
    throw new ModelFileCorruptError(`the model's ${error.where}`, error.problem, { cause: error });
  }
  return model;
}

/**
 * The checksum that a model file carries: CRC-32 of the arrays' bytes in the order of their names,
 * then of the other metadata as JSON with sorted names; 8 hex digits. It finds damage that would
 * otherwise only change predictions.
 */
export function checksumOf({ tensors, metadata }: TensorFile): string {
  const { checksum: _, ...covered } = metadata;
  let checksum = 0;
  for (const [name, { shape, values }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = new Uint8Array(values.byteLength);
    writeValues(values, new DataView(bytes.buffer), 0);
    checksum = crc32(new TextEncoder().encode(canonicalJson([name, shape])), checksum);
    checksum = crc32(bytes, checksum);
  }
  checksum = crc32(new TextEncoder().encode(canonicalJson(covered)), checksum);
  return checksum.toString(16).padStart(8, '0');
}

function checkFormat(metadata: TensorFile['metadata']): void {
  if (metadata['format'] !== FORMAT) {
    throw new ModelFileCorruptError('header.__metadata__.format', `is not "${FORMAT}"`);
  }
  const text = metadata['format_version'] ?? '';
  const version = Number(text);
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new ModelFileCorruptError('header.__metadata__.format_version', 'is no version number');
  }
  if (version > MODEL_FORMAT_VERSION) {
    throw new ModelFileVersionError(version, MODEL_FORMAT_VERSION);
  }
}

function checkChecksum(file: TensorFile): void {
  const where = 'header.__metadata__.checksum';
  const stated = textOf(
    fieldOf({ where: 'header.__metadata__', value: file.metadata }, 'checksum'),
  );
  const actual = checksumOf(file);
  if (stated !== actual) {
    throw new ModelFileCorruptError(where, `is ${actual} by the file's contents: it is damaged`);
  }
}
