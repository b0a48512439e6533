import nx from '@nx/eslint-plugin';
import jsoncParser from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';

/** What each room may import; docs/architecture.md draws the same map. */
const mayImport = {
  core: [],
  data: ['core'],
  preprocess: ['core'],
  model: ['core', 'preprocess'],
  trainer: ['core', 'preprocess', 'model'],
  'registry-client': ['core'],
  'registry-server': ['core', 'registry-client'],
  deployer: ['core', 'model', 'preprocess', 'registry-client'],
  predictor: ['core', 'preprocess', 'model', 'registry-client'],
  batch: ['core', 'data', 'predictor'],
  'test-kit': ['core', 'registry-client'],
};
const joined = Object.keys(mayImport).filter((room) => room !== 'test-kit');
mayImport.pipeline = joined.filter((room) => room !== 'registry-server');
mayImport['app-runtime'] = [...joined, 'pipeline'];
const rooms = Object.keys(mayImport);

/** Test-kit serves the tests of rooms that it imports itself: a circle of packages, not of code. */
const testOnlyCircles = ['core', 'registry-client'].map((room) => [room, 'test-kit']);

/** What stands in for a workspace, and a server of MLflow: our server is tried before them, too. */
const otherServers =
  '^(\\.\\./)+registry-client/test/(databricks/double/start-double|interop/start-mlflow-server)\\.ts$';

function boundaries(depConstraints) {
  return [
    'error',
    {
      enforceBuildableLibDependency: false,
      banTransitiveDependencies: true,
      // What reads the configuration is loaded where there is one.
      checkDynamicDependenciesExceptions: ['^@gnu-mlops/core(/.*)?$'],
      ignoredCircularDependencies: testOnlyCircles,
      allow: ['^(\\.\\./)+(vitest|tsup)\\.shared\\.ts$', '^#', otherServers],
      depConstraints,
    },
  ];
}

const sourceConstraints = [
  ...rooms.map((room) => ({
    sourceTag: `room:${room}`,
    onlyDependOnLibsWithTags: mayImport[room].map((other) => `room:${other}`),
  })),
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:lib'] },
];

/** A test may bring in any library to feed or to check the one it tests. */
const testConstraints = ['type:lib', 'type:app', 'type:tool'].map((sourceTag) => ({
  sourceTag,
  onlyDependOnLibsWithTags: ['type:lib'],
}));

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/coverage/**',
      '**/node_modules/**',
      '.nx/**',
      'benchmarks/results/**',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(sourceConstraints),
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name each export: a package has one door.' },
      ],
      'max-params': ['error', 4],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@gnu-mlops/*/src/*', '@gnu-mlops/*/dist/*'],
              message: 'Import the package by its name.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Pass it in: libraries read no environment.',
        },
        { object: 'process', property: 'exit', message: 'Throw: libraries never exit.' },
        { object: 'Math', property: 'random', message: 'Use a seeded createRandom of core.' },
      ],
    },
  },
  {
    files: ['packages/test-kit/src/**/*.ts', '**/test/**/*.ts', '**/*.config.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries(testConstraints),
      'no-restricted-properties': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['packages/*/package.json', 'apps/*/package.json'],
    languageOptions: { parser: jsoncParser },
    plugins: { '@nx': nx },
    // What core/config and preprocess/expressions need as peers, and the command brings; the trainer is
    // used by the runtime inside of the command.
    rules: dependencyChecks('zod', 'mathjs', '@gnu-mlops/trainer'),
  },
  {
    files: ['apps/api/package.json'],
    // All that the service is made of is used by the runtime inside of it.
    rules: dependencyChecks(
      ...['zod', 'yaml', 'pino', '@gnu-mlops/registry-client', '@gnu-mlops/registry-server'],
    ),
  },
);

/** What a package lists is what its sources use, but for some. */
function dependencyChecks(...ignoredDependencies) {
  return {
    '@nx/dependency-checks': [
      'error',
      {
        ignoredFiles: [
          '{projectRoot}/test/**/*',
          '{projectRoot}/kernels/**/*',
          '{projectRoot}/*.config.ts',
        ],
        checkVersionMismatches: false,
        ignoredDependencies,
      },
    ],
  };
}
