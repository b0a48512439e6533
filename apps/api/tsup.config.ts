import { defineConfig } from 'tsup';

/** The service with the private runtime inside; published libraries stay outside. */
export default defineConfig({
  entry: { main: 'src/main.ts' },
  format: ['esm'],
  target: 'node22',
  sourcemap: true,
  clean: true,
  removeNodeProtocol: false,
  noExternal: ['@gnu-mlops/app-runtime'],
});
