import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RequestInvalidError } from './errors.ts';

/**
 * Where a client wants the artifacts of an experiment: a URI as it stands, or a folder, counted from
 * where the server runs, as MLflow does; the server itself never reads or writes there. Undefined
 * where the client leaves it to the server: by saying nothing, or that it is to be on this server.
 *
 * @throws {RequestInvalidError}
 */
export function readLocation(location: string): string | undefined {
  if (location === '' || location.startsWith('mlflow-artifacts:')) return undefined;
  if (location.includes('\0')) throw refused(location, 'It must not hold NUL.');
  if (!/^[a-zA-Z][a-zA-Z0-9+.-]+:/.test(location)) return resolve(location);
  const url = URL.parse(location);
  if (url === null) throw refused(location, 'It must be a URI or a path.');
  if (url.hash !== '') throw refused(location, 'It must not hold a fragment.');
  if (/(\.|%(25)*2e){2}/i.test(url.search)) {
    throw refused(location, "Its query must not hold '..'.");
  }
  return url.protocol === 'file:' ? filePath(url, location) : location;
}

function filePath(url: URL, location: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw refused(location, 'A file URI must name a folder of this machine.');
  }
}

function refused(location: string, problem: string): RequestInvalidError {
  return RequestInvalidError.value('artifact_location', location, problem);
}
