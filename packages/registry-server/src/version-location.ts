import type { Registry } from '@gnu-mlops/registry-client';
import { modelLocation, sourceLocation } from './client-location.ts';
import { RequestInvalidError } from './errors.ts';

const MAX_COPIES = 20;

/**
 * Where clients download a version from. A version may be a copy of another, and that one too.
 *
 * @throws {RequestInvalidError} when the copies go on and on.
 */
export async function versionLocation(
  registry: Registry,
  name: string,
  version: string,
): Promise<string> {
  let found = await registry.getModelVersion(name, version);
  for (let copies = 0; copies < MAX_COPIES; copies++) {
    const loggedModel = /^models:\/(m-[0-9a-f]{32})$/.exec(found.source)?.[1];
    if (loggedModel !== undefined) return modelLocation(await registry.getLoggedModel(loggedModel));
    const copied = /^models:\/([^/]+)\/(\d+)$/.exec(found.source);
    if (copied === null) return sourceLocation(found.source);
    found = await registry.getModelVersion(copied[1]!, copied[2]!);
  }
  throw new RequestInvalidError(
    `Version ${version} of "${name}" is a copy of a copy, more than ${MAX_COPIES} times. Register its files anew.`,
  );
}
