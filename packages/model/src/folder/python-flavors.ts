import type { JsonObject } from '@gnu-mlops/core';

/** The whole pipeline as one ONNX graph, for Python and other tools. */
export const ONNX_FILE_NAME = 'model.onnx';

/** The versions that `test/interop` was last run with. */
const PYTHON_VERSION = '3.11.7';
const PYTHON_PACKAGES = ['mlflow==3.17.2', 'onnx==1.23.2', 'onnxruntime==1.31.1'];

/** The flavors of an `MLmodel` file by which `mlflow.pyfunc.load_model` and `mlflow.onnx` load. */
export function pythonFlavors(onnxData: string): JsonObject {
  return {
    onnx: {
      code: null,
      data: onnxData,
      onnx_session_options: null,
      onnx_version: PYTHON_PACKAGES[1]!.split('==')[1]!,
      providers: ['CPUExecutionProvider'],
    },
    python_function: {
      data: onnxData,
      env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
      loader_module: 'mlflow.onnx',
      python_version: PYTHON_VERSION,
    },
  };
}

/** The files that say what Python needs, by name, as MLflow writes them. */
export function pythonEnvironment(): [name: string, text: string][] {
  const requirements = PYTHON_PACKAGES.join('\n');
  const python = `python: "${PYTHON_VERSION}"
build_dependencies:
  - pip
  - setuptools
  - wheel
dependencies:
  - -r requirements.txt
`;
  const conda = `name: mlflow-env
channels:
  - conda-forge
dependencies:
  - python=${PYTHON_VERSION}
  - pip
  - pip:
${PYTHON_PACKAGES.map((name) => `      - ${name}`).join('\n')}
`;
  return [
    ['conda.yaml', conda],
    ['python_env.yaml', python],
    ['requirements.txt', `${requirements}\n`],
  ];
}
