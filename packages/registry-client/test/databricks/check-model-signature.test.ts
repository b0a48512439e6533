import { expect, it } from 'vitest';
import { checkModelSignature } from '../../src/databricks/check-model-signature.ts';

const written = `artifact_path: model
flavors:
  python_function:
    loader_module: mlflow.onnx
mlflow_version: 3.17.2
signature:
  inputs: '[{"type": "double", "name": "x", "required": true}]'
  outputs: '[{"type": "long", "required": true}]'
  params: null
utc_time_created: '2026-01-01 00:00:00.000000'
`;

it.each([
  ['as MLflow writes it', written, undefined],
  ['with other line ends', written.replaceAll('\n', '\r\n'), undefined],
  ['as JSON', '{"signature":{"inputs":"[]","outputs":"[]"}}', undefined],
  ['without outputs', written.replace(/ {2}outputs.*\n/, ''), 'outputs'],
  ['with empty outputs', written.replace(/outputs: .*/, 'outputs: null'), 'outputs'],
  ['without a signature', written.replace(/signature:[^]*null\n/, ''), 'inputs'],
  ['with words of it elsewhere', 'flavors:\n  inputs: 1\n  outputs: 2\nsignature:\n', 'inputs'],
  ['as JSON without one', '{"signature":null}', 'inputs'],
  ['as braces that are no JSON', '{signature: {inputs: a}}', 'inputs'],
  ['as nothing', '', 'inputs'],
])('reads a description %s', (_what, text, part) => {
  const check = () => checkModelSignature(text, 'runs:/1/model');
  if (part === undefined) check();
  else expect(check).toThrow(expect.objectContaining({ code: 'REGISTRY_SIGNATURE_MISSING', part }));
});
