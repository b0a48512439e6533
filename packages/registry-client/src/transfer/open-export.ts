import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Artifact, ArtifactStream } from '../entities.ts';
import { LoggedModelNotFoundError, RunNotFoundError } from '../not-found-errors.ts';
import type { CheckedExport } from './check-export.ts';
import { EXPORT_PATHS } from './export-layout.ts';
import { splitLines } from '../offline/split-lines.ts';
import { type JsonFields, readJsonFields } from './json-fields.ts';
import {
  readExperiment,
  readLedgerEntry,
  readLoggedModel,
  readModelVersion,
  readPoint,
  readRegisteredModel,
  readRun,
} from './read-exported-entities.ts';
import { ExportDamagedError } from './transfer-errors.ts';
import type { TransferSource } from './transfer-source.ts';

/** An export as something to copy from. What is in it says so itself: nothing is taken on trust. */
export function exportSource(checked: CheckedExport): TransferSource {
  const { folder, manifest, files } = checked;
  const fail = (problem: string, options?: ErrorOptions) =>
    new ExportDamagedError(folder, problem, options);

  function readBytes(path: string): AsyncIterable<Uint8Array> {
    const file = files.get(path);
    if (file === undefined) throw fail(`it lacks "${path}".`);
    return readChecked(join(folder, path), file.sha256, () =>
      fail(`the file "${path}" was changed while it was imported.`),
    );
  }
  async function readJson(path: string): Promise<unknown> {
    const pieces: Uint8Array[] = [];
    for await (const piece of readBytes(path)) pieces.push(piece);
    try {
      return JSON.parse(Buffer.concat(pieces).toString('utf8'));
    } catch (cause) {
      throw fail(`"${path}" is no JSON.`, { cause });
    }
  }
  async function readObject<T>(path: string, read: (fields: JsonFields) => T): Promise<T> {
    const json = await readJson(path);
    return read(readJsonFields(json, (problem) => fail(`in "${path}", ${problem}.`)));
  }
  async function readList<T>(path: string, read: (fields: JsonFields) => T): Promise<T[]> {
    const list = { entries: await readJson(path) };
    const fields = readJsonFields(list, (problem) => fail(`in "${path}", ${problem}.`));
    return fields.list('entries').map(read);
  }
  async function* filesBelow(prefix: string): AsyncIterable<Artifact> {
    for (const { path, ...about } of files.values()) {
      if (!path.startsWith(`${prefix}/`)) continue;
      yield { path: path.slice(prefix.length + 1), isFolder: false, ...about };
    }
  }
  function openBelow(prefix: string, path: string): ArtifactStream {
    const content = readBytes(`${prefix}/${path}`);
    const { sizeBytes, sha256 } = files.get(`${prefix}/${path}`)!;
    return { sizeBytes, sha256, content };
  }
  const idsIn = (pattern: RegExp) =>
    [...files.keys()].flatMap((path) => pattern.exec(path)?.[1] ?? []);

  const source: TransferSource = {
    uri: manifest.exportedFrom,
    getExperiment: (id) => readObject(EXPORT_PATHS.experiment(id), readExperiment),
    async *runs(experimentId) {
      for (const runId of idsIn(/^runs\/([^/]+)\/run\.json$/)) {
        const run = await source.getRun(runId);
        if (run.experimentId === experimentId) yield run;
      }
    },
    async getRun(runId) {
      const path = EXPORT_PATHS.run(runId);
      if (!files.has(path)) throw new RunNotFoundError(runId);
      const run = await readObject(path, readRun);
      if (run.runId !== runId) throw fail(`"${path}" is about another run.`);
      return run;
    },
    async *metricHistory({ runId }) {
      const path = EXPORT_PATHS.metrics(runId);
      let number = 0;
      for await (const line of splitLines(readBytes(path))) {
        number++;
        const failHere = (problem: string) => fail(`in line ${number} of "${path}", ${problem}.`);
        yield readPoint(readJsonFields(parseLine(line.toString('utf8'), failHere), failHere));
      }
    },

    async *loggedModels(experimentId) {
      for (const modelId of idsIn(/^logged-models\/([^/]+)\/model\.json$/)) {
        const model = await source.getLoggedModel(modelId);
        if (model.experimentId === experimentId) yield model;
      }
    },
    async getLoggedModel(modelId) {
      const path = EXPORT_PATHS.loggedModel(modelId);
      if (!files.has(path)) throw new LoggedModelNotFoundError(modelId);
      const model = await readObject(path, readLoggedModel);
      if (model.modelId !== modelId) throw fail(`"${path}" is about another model.`);
      return model;
    },

    files: (ownerId) => filesBelow(EXPORT_PATHS.artifacts(ownerId)),
    openFile: async (ownerId, path) => openBelow(EXPORT_PATHS.artifacts(ownerId), path),

    getModel: () => readObject(EXPORT_PATHS.model, readRegisteredModel),
    async *versions() {
      yield* await readList(EXPORT_PATHS.versions, readModelVersion);
    },
    ledger: () => readList(EXPORT_PATHS.ledger, readLedgerEntry),
    versionFiles: ({ version }) => filesBelow(EXPORT_PATHS.versionFiles(version)),
    openVersionFile: async ({ version }, path) =>
      openBelow(EXPORT_PATHS.versionFiles(version), path),
  };
  return source;
}

function parseLine(line: string, fail: (problem: string) => Error): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw fail('there is no JSON');
  }
}

/** The bytes of a file; at their end it is made sure that they are the right ones. */
async function* readChecked(
  path: string,
  sha256: string,
  fail: () => Error,
): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== sha256) throw fail();
}
