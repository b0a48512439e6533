import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Build a package as it is published, unless nothing in it changed. */
export function buildPackage(name: string): void {
  const nx = `${repository}node_modules/nx/dist/bin/nx.js`;
  const parameters = [nx, 'run', `${name}:build`];
  execFileSync(process.execPath, parameters, { cwd: repository, stdio: 'ignore' });
}
