import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Config } from '@gnu-mlops/core/config';
import { isGnuMlopsError } from '@gnu-mlops/core';
import {
  type ByteSink,
  type ByteSource,
  DatabricksNotFoundError,
  S3NotFoundError,
  databricksFileSource,
  isS3Uri,
  makeFolderOf,
  openAtomicFile,
  openDatabricksFile,
  openDatabricksWorkspace,
  openS3Connection,
  s3ObjectSink,
  s3ObjectSource,
} from '@gnu-mlops/data';
import type { OpenedOutput } from '@gnu-mlops/pipeline';
import { workspaceSettings } from './databricks-settings.ts';
import { s3Settings } from './s3-settings.ts';
import { isWorkspaceFile } from './workspace-path.ts';

/** A place that somebody names for a file. */
export interface GivenFile extends OpenedOutput {
  /** Whether something is there already. */
  exists(): Promise<boolean>;
  /** What is there, whole. */
  read(): Promise<Buffer>;
}

/** What surrounds a file that somebody names. */
export interface FileSurroundings {
  /** The folder that a relative path starts at. */
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What somebody names: a file of this machine, whose folder is made where it is not there to write to;
 * an object of S3 (`s3://bucket/key`); or a file of DBFS or a volume (`dbfs:/path`,
 * `dbfs:/Volumes/catalog/schema/volume/path`). Nothing is sent before it is asked for or opened.
 *
 * @throws {SettingMissingError} where a workspace is not configured.
 */
export function givenFile(
  config: Pick<Config, 's3' | 'databricks'>,
  path: string,
  { cwd, signal }: FileSurroundings,
): GivenFile {
  if (isS3Uri(path)) return s3Object(config, path, signal);
  if (isWorkspaceFile(path)) return workspaceFile(config, path, signal);
  return localFile(resolve(cwd, path));
}

function localFile(path: string): GivenFile {
  return {
    name: path,
    exists: () =>
      access(path).then(
        () => true,
        () => false,
      ),
    read: () => readFile(path),
    async open() {
      await makeFolderOf(path);
      return openAtomicFile(path);
    },
  };
}

function s3Object(
  config: Pick<Config, 's3'>,
  uri: string,
  signal: AbortSignal | undefined,
): GivenFile {
  const settings = s3Settings(config);

  async function ask<T>(about: (object: ByteSource) => Promise<T>): Promise<T> {
    const connection = await openS3Connection(settings);
    try {
      return await about(s3ObjectSource(connection, uri));
    } finally {
      connection.close();
    }
  }
  return {
    name: uri,
    exists: () => ask((object) => canOpen(object, signal)),
    read: () => ask((object) => readAll(object, signal)),
    async open() {
      const connection = await openS3Connection(settings);
      try {
        const sink = s3ObjectSink(connection, uri, signal === undefined ? {} : { signal });
        return closingSink(sink, () => connection.close());
      } catch (error) {
        connection.close();
        throw error;
      }
    },
  };
}

function workspaceFile(
  config: Pick<Config, 'databricks'>,
  path: string,
  signal: AbortSignal | undefined,
): GivenFile {
  const workspace = openDatabricksWorkspace(workspaceSettings(config));
  const file = databricksFileSource(workspace, path);
  return {
    name: path,
    exists: () => canOpen(file, signal),
    read: () => readAll(file, signal),
    open: () => openDatabricksFile(workspace, path, { signal }),
  };
}

async function canOpen(source: ByteSource, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    const stream = await source.open({ signal });
    await stream.close();
    return true;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}

async function readAll(source: ByteSource, signal: AbortSignal | undefined): Promise<Buffer> {
  const stream = await source.open({ signal });
  try {
    return await buffer(stream);
  } finally {
    await stream.close();
  }
}

function isAbsence(error: unknown): boolean {
  if (!isGnuMlopsError(error)) return false;
  if (error.code === DatabricksNotFoundError.code) return true;
  return error.code === S3NotFoundError.code && (error as S3NotFoundError).missing === 'object';
}

/** A sink that lets go of its connection when it is done with. */
function closingSink(sink: ByteSink, close: () => void): ByteSink {
  return {
    write: (chunk) => sink.write(chunk),
    async commit() {
      await sink.commit();
      close();
    },
    async abort() {
      try {
        await sink.abort();
      } finally {
        close();
      }
    },
  };
}
