import type { Options } from 'tsup';

/** Every library is ESM with declarations beside it; what a package depends on is never bundled. */
export function libraryBuild(entry: Record<string, string> = { index: 'src/index.ts' }): Options {
  return {
    entry,
    format: ['esm'],
    target: 'node22',
    dts: true,
    sourcemap: true,
    clean: true,
    treeshake: true,
    splitting: true,
    // node:sqlite has no name without its prefix.
    removeNodeProtocol: false,
    // The sources are published beside the build: the maps point to them.
    esbuildOptions(options) {
      options.sourcesContent = false;
    },
  };
}

/** Every app is one program with the private runtime inside; published libraries stay outside. */
export function appBuild(): Options {
  return {
    entry: { main: 'src/main.ts' },
    format: ['esm'],
    target: 'node22',
    sourcemap: true,
    clean: true,
    removeNodeProtocol: false,
    noExternal: ['@gnu-mlops/app-runtime'],
  };
}
