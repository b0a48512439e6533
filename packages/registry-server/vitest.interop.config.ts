import { mergeConfig } from 'vitest/config';
import { sharedTestConfig } from '../../vitest.shared.ts';

const { test, ...shared } = sharedTestConfig;

/** The suites that need Python: `GNU_MLOPS_INTEROP_PYTHON=/path/to/python npm run test:interop`. */
export default mergeConfig(shared, {
  test: {
    ...test,
    include: ['test/interop/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 300_000,
    maxWorkers: 1,
  },
});
