import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { runPython, whyNoModules } from './python.ts';

/** A checkout of MLflow's repository, or a folder with its `tests` and `pyproject.toml`. */
const checkout = process.env['GNU_MLOPS_MLFLOW_CHECKOUT'];

/** Tests of what this server does not offer. */
const OUT_OF_SCOPE = [
  ...['trace', 'spans', 'otel', 'assessment', 'scorer', 'graphql', 'gateway', 'promptlab'],
  ...['evaluation_dataset', 'dataset_experiment', 'add_dataset', 'remove_dataset'],
  ...['remove_experiments', 'add_experiments', 'multiple_experiments'],
  // Start a server of MLflow or containers themselves.
  ...['validation_regex', 'artifacts_example'],
];

const ON_THEIR_DISK = 'looks for files where a server of MLflow keeps them on its disk';
const NO_SHARED_DISK = 'wants artifacts that clients write past the server, at file: locations';

/** Which tests of each file cannot pass, and why. */
const suites: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'tests/tracking/test_rest_tracking.py': {
    test_create_experiment_validation:
      'wants 9.0 quoted as 9.0, which JSON in JavaScript reads as 9',
    test_artifacts: NO_SHARED_DISK,
    test_create_model_version_with_path_source: NO_SHARED_DISK,
    test_create_model_version_with_file_uri: NO_SHARED_DISK,
  },
  'tests/tracking/test_model_registry.py': {},
  'tests/tracking/test_mlflow_artifacts.py': {
    test_mlflow_artifacts_rest_apis: ON_THEIR_DISK,
    test_log_artifact: ON_THEIR_DISK,
    test_rest_get_model_version_artifact_api_proxied_artifact_root: ON_THEIR_DISK,
    // Passes with the client of the checkout's own version.
    test_rest_get_artifact_api_log_image: 'wants the names that images had before MLflow 3.7',
  },
};

interface Report {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly error: readonly string[];
}

const reason =
  checkout === undefined
    ? '(set GNU_MLOPS_MLFLOW_CHECKOUT to a checkout of MLflow)'
    : whyNoModules(['mlflow', 'sklearn', 'pytest', 'pytest_asyncio']);

describe.skipIf(reason !== undefined)(`MLflow's own tests ${reason ?? ''}`, () => {
  it.each(Object.entries(suites))(
    '%s pass on this server',
    async (file, exceptions) => {
      const report = join(temporaryFolder(), 'report.json');
      const path = [checkout, import.meta.dirname, process.env['PYTHONPATH']];
      const args = ['-m', 'pytest', '-p', 'mlflow_suite', '-q', '-p', 'no:cacheprovider', file];
      const env = {
        PYTHONPATH: path.filter((folder) => folder !== undefined).join(delimiter),
        GNU_MLOPS_NODE: process.execPath,
        GNU_MLOPS_SUITE_REPORT: report,
      };
      // Exits with 1 where a test failed: the report says which.
      await runPython([...args, '-k', `not (${OUT_OF_SCOPE.join(' or ')})`], {
        cwd: checkout!,
        env,
      }).catch((error: unknown) => {
        if (!existsSync(report)) throw error;
      });
      const { passed, failed, error } = JSON.parse(readFileSync(report, 'utf8')) as Report;
      const unexpected = [...failed, ...error].filter(
        (id) => !Object.hasOwn(exceptions, nameOf(id)),
      );
      expect(unexpected).toEqual([]);
      expect(passed.length).toBeGreaterThan(0);
    },
    1_800_000,
  );
});

/** `tests/x.py::test_a[b]` is test_a. */
function nameOf(id: string): string {
  return /::(\w+)/.exec(id)?.[1] ?? id;
}
