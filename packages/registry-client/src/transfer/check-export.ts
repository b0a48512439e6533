import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { checkArtifactPath } from '../artifact-path.ts';
import { ArtifactPathError } from '../artifact-errors.ts';
import type { TransferContext } from './copy-session.ts';
import {
  EXPORT_LAYOUT,
  EXPORT_PATHS,
  type ExportManifest,
  type ExportedFile,
} from './export-layout.ts';
import { type JsonFields, readJsonFields } from './json-fields.ts';
import { ExportDamagedError } from './transfer-errors.ts';

/** An export whose files were all found to be what the manifest says. */
export interface CheckedExport {
  /** Links resolved. */
  readonly folder: string;
  readonly manifest: ExportManifest;
  /** By path. */
  readonly files: ReadonlyMap<string, ExportedFile>;
}

/**
 * Read the manifest of an export, and every file that it lists, and check that each is there, inside
 * the folder, and has its SHA-256. Files that the manifest does not list do not count.
 *
 * @throws {ExportDamagedError}
 */
export async function checkExport(
  folder: string,
  { signal, onProgress }: TransferContext,
): Promise<CheckedExport> {
  const fail = (problem: string, options?: ErrorOptions) =>
    new ExportDamagedError(folder, problem, options);
  let real: string;
  let manifest: ExportManifest;
  try {
    real = await realpath(folder);
    manifest = readManifest(await readFile(join(real, EXPORT_PATHS.manifest), 'utf8'), fail);
  } catch (cause) {
    if (cause instanceof ExportDamagedError) throw cause;
    throw fail(`there is no ${EXPORT_PATHS.manifest} that can be read in it.`, { cause });
  }
  const files = new Map<string, ExportedFile>();
  const total = manifest.files.length;
  for (const [done, file] of manifest.files.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ stage: 'check files', done, total, detail: file.path });
    if (files.has(file.path)) throw fail(`its manifest lists "${file.path}" twice.`);
    await checkFile(real, file, fail);
    files.set(file.path, file);
  }
  onProgress?.({ stage: 'check files', done: total, total });
  return { folder: real, manifest, files };
}

type Fail = (problem: string, options?: ErrorOptions) => ExportDamagedError;

function readManifest(text: string, fail: Fail): ExportManifest {
  const failShort = (problem: string) => fail(`in its manifest, ${problem}.`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw fail('its manifest is no JSON.', { cause });
  }
  const fields = readJsonFields(json, failShort);
  const format = fields.oneOf('format', ['gnu-mlops export']);
  const layout = fields.integer('layout');
  if (layout !== EXPORT_LAYOUT) {
    throw fail(
      `it has layout ${layout}, and this version of gnu-mlops reads ${EXPORT_LAYOUT}. Update gnu-mlops.`,
    );
  }
  return {
    format,
    layout: EXPORT_LAYOUT,
    kind: fields.oneOf('kind', ['experiment', 'model']),
    name: fields.text('name'),
    exportedFrom: fields.text('exportedFrom'),
    exportedAt: fields.text('exportedAt'),
    files: fields.list('files').map((file) => readFileEntry(file, failShort)),
  };
}

function readFileEntry(fields: JsonFields, fail: (problem: string) => Error): ExportedFile {
  const file = {
    path: fields.text('path'),
    sizeBytes: fields.integer('sizeBytes'),
    sha256: fields.text('sha256'),
  };
  try {
    checkArtifactPath(file.path);
  } catch (error) {
    if (!(error instanceof ArtifactPathError)) throw error;
    throw fail(`a path leads elsewhere. ${error.message}`);
  }
  return file;
}

async function checkFile(folder: string, file: ExportedFile, fail: Fail): Promise<void> {
  const path = join(folder, ...file.path.split('/'));
  let real: string;
  try {
    real = await realpath(path);
    if (!(await stat(real)).isFile()) throw new Error('no file');
  } catch (cause) {
    throw fail(`the file "${file.path}" is missing.`, { cause });
  }
  // A link may lead to a file of another user of this machine, which would then be uploaded.
  if (real !== path || !real.startsWith(folder + sep)) {
    throw fail(`"${file.path}" is a link, or lies behind one.`);
  }
  const hash = createHash('sha256');
  for await (const piece of createReadStream(real) as AsyncIterable<Buffer>) hash.update(piece);
  if (hash.digest('hex') !== file.sha256) {
    throw fail(`the file "${file.path}" was changed after it was exported.`);
  }
}
