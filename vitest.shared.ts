import { defineConfig } from 'vitest/config';

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
    execArgv: ['--conditions=@gnu-mlops/source'],
    maxWorkers: 2,
  },
});
