import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds the workspace's package.json. */
export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A package of the workspace, as its package.json tells. */
export interface WorkspacePackage {
  /** The last part of its name: `registry-client`. */
  readonly room: string;
  readonly folder: string;
  readonly isPrivate: boolean;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The packages of `packages/` and `apps/`, sorted by folder. */
export function workspacePackages(): WorkspacePackage[] {
  return ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(repositoryRoot, group))
      .sort()
      .map((name) => join(repositoryRoot, group, name))
      .filter((folder) => existsSync(join(folder, 'package.json')))
      .map(readPackage),
  );
}

function readPackage(folder: string): WorkspacePackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    private?: boolean;
    dependencies?: Record<string, string>;
  };
  return {
    room: manifest.name.replace('@gnu-mlops/', ''),
    folder,
    isPrivate: manifest.private ?? false,
    dependencies: manifest.dependencies ?? {},
  };
}

/** Every TypeScript file below a folder's `src`. */
export function sourceFiles(folder: string): string[] {
  const src = join(folder, 'src');
  if (!existsSync(src)) return [];
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(src, file));
}
