import { defineConfig } from 'vitest/config';
import { SOURCE_FLAGS } from './packages/test-kit/src/source-flags.ts';

/** What every package's tests have in common: sources instead of builds, no network but loopback. */
export const sharedTestConfig = defineConfig({
  resolve: { conditions: ['@gnu-mlops/source'] },
  ssr: { resolve: { conditions: ['@gnu-mlops/source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**', '**/node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { TZ: 'UTC' },
    execArgv: [...SOURCE_FLAGS],
    maxWorkers: 2,
    // A process for each of some four hundred files takes as long as a third of the tests. So a test
    // undoes what it changes beyond itself: globals, environment, modules loaded anew.
    isolate: false,
  },
});
