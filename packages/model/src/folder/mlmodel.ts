import { type JsonObject, type Signature, parseTimestamp } from '@gnu-mlops/core';
import { Lexer, parse, stringify } from 'yaml';
import { FlavorMissingError, FolderOptionError, ModelFileCorruptError } from '../errors.ts';
import {
  type Place,
  entriesOf,
  fieldOf,
  numberOf,
  optionalFieldOf,
  textOf,
} from '../file/place.ts';
import { pythonFlavors } from './python-flavors.ts';

/** What surrounds a model in a folder of MLflow's kind; the names are ours, the file has MLflow's. */
export interface ModelOrigin {
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  /** 32 hex digits. */
  readonly runId?: string;
  /** MLflow's id of a logged model, such as `m-` and 32 hex digits. */
  readonly modelId?: string;
  /** Default: the model id. */
  readonly modelUuid?: string;
}

/** Everything in an `MLmodel` file that we write. */
export interface MlmodelContent {
  readonly origin: ModelOrigin;
  readonly signature: Signature;
  /** Name of the model file in the same folder. */
  readonly data: string;
  readonly formatVersion: number;
  /** Bytes of the folder's other files. */
  readonly sizeBytes: number;
  readonly hasInputExample: boolean;
  /** Name of the ONNX file in the same folder, by which Python scores; absent: Python cannot. */
  readonly onnxData?: string;
}

/** Names of the example files; MLflow looks for them under what `MLmodel` says. */
export const INPUT_EXAMPLE_NAME = 'input_example.json';
export const SERVING_INPUT_NAME = 'serving_input_example.json';

const FLAVOR = 'gnu_mlops';
/** Some steps of the YAML parser take the square of these; a signature is one token, however long. */
const MAX_TOKENS = 20_000;

/**
 * Write the text of an `MLmodel` file. Without an ONNX file it has no `python_function` flavor:
 * MLflow's Python side can list and show the model, but not load it.
 *
 * @throws {FolderOptionError} when `createdAt` is no time.
 */
export function formatMlmodel(content: MlmodelContent): string {
  const { origin, signature } = content;
  const modelUuid = origin.modelUuid ?? origin.modelId;
  const document: JsonObject = {
    flavors: {
      [FLAVOR]: { data: content.data, format_version: content.formatVersion },
      ...(content.onnxData !== undefined && pythonFlavors(content.onnxData)),
    },
    ...(origin.modelId !== undefined && { model_id: origin.modelId }),
    model_size_bytes: content.sizeBytes,
    ...(modelUuid !== undefined && { model_uuid: modelUuid }),
    ...(origin.runId !== undefined && { run_id: origin.runId }),
    ...(content.hasInputExample && {
      saved_input_example_info: {
        artifact_path: INPUT_EXAMPLE_NAME,
        pandas_orient: 'split',
        serving_input_path: SERVING_INPUT_NAME,
        type: 'dataframe',
      },
    }),
    signature: {
      inputs: JSON.stringify(signature.inputs),
      outputs: JSON.stringify(signature.outputs),
      params: null,
    },
    ...(origin.createdAt !== undefined && { utc_time_created: pythonTime(origin.createdAt) }),
  };
  // Quoted, or Python would take the time for a date and an id of digits for a number.
  return stringify(document, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
  });
}

/** What {@link parseMlmodel} finds. */
export interface MlmodelReference {
  readonly origin: ModelOrigin;
  readonly data: string;
  readonly formatVersion: number;
}

/**
 * Read the text of an `MLmodel` file, ours or one that was saved again by others.
 *
 * @throws {FlavorMissingError} when it describes a model that is not ours.
 * @throws {ModelFileCorruptError} saying where and what.
 */
export function parseMlmodel(text: string): MlmodelReference {
  const root: Place = { where: 'MLmodel', value: parseYaml(text) };
  const flavors = entriesOf(fieldOf(root, 'flavors'));
  const flavor = flavors.find(([name]) => name === FLAVOR)?.[1];
  if (flavor === undefined)
    throw new FlavorMissingError(
      FLAVOR,
      flavors.map(([name]) => name),
    );
  const optionalText = (name: string) => {
    const place = optionalFieldOf(root, name);
    return place === undefined || place.value === null ? undefined : textOf(place);
  };
  const createdAt = optionalText('utc_time_created');
  const runId = optionalText('run_id');
  const modelId = optionalText('model_id');
  const modelUuid = optionalText('model_uuid');
  return {
    origin: {
      ...(createdAt !== undefined && { createdAt: isoTime(createdAt) }),
      ...(runId !== undefined && { runId }),
      ...(modelId !== undefined && { modelId }),
      ...(modelUuid !== undefined && { modelUuid }),
    },
    data: textOf(fieldOf(flavor, 'data')),
    formatVersion: numberOf(fieldOf(flavor, 'format_version')),
  };
}

function parseYaml(text: string): unknown {
  let tokens = 0;
  for (const _ of new Lexer().lex(text)) {
    if (++tokens > MAX_TOKENS) {
      throw new ModelFileCorruptError('MLmodel', `has more than ${MAX_TOKENS} YAML tokens`);
    }
  }
  try {
    return parse(text, { logLevel: 'error' }) as unknown;
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]!;
    throw new ModelFileCorruptError('MLmodel', `is no YAML (${reason})`, { cause: error });
  }
}

/** As Python prints a time without a zone: `2026-01-31 09:05:00.250000`. */
function pythonTime(iso: string): string {
  const ms = parseTimestamp(iso);
  if (ms === undefined)
    throw new FolderOptionError('createdAt', `is "${iso}", not an ISO 8601 time`);
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '000');
}

function isoTime(pythonText: string): string {
  const ms = parseTimestamp(pythonText);
  if (ms === undefined) throw new ModelFileCorruptError('MLmodel.utc_time_created', 'is no time');
  return new Date(ms).toISOString();
}
