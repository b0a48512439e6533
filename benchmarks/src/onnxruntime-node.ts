import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** One loaded model. */
export interface OnnxModel {
  /** `onnxruntime-node 1.27.0`. */
  readonly name: string;
  readonly tensor: (matrix: FeatureMatrix) => object;
  readonly run: (tensor: object) => Promise<unknown>;
}

/** The part of the library that is used. */
interface OnnxRuntime {
  readonly Tensor: new (type: 'float32', cells: Float32Array, shape: number[]) => object;
  readonly InferenceSession: {
    create(path: string, options: object): Promise<{ run(inputs: object): Promise<unknown> }>;
  };
}

/** Load onnxruntime-node from the node_modules of a folder; its models run on one thread. */
export function openOnnxRuntime(folder: string): (path: string) => Promise<OnnxModel> {
  const load = createRequire(join(folder, 'package.json'));
  const { Tensor, InferenceSession } = load('onnxruntime-node') as OnnxRuntime;
  const manifest = join(folder, 'node_modules/onnxruntime-node/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return async (path) => {
    const session = await InferenceSession.create(path, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    });
    return {
      name: `onnxruntime-node ${version}`,
      tensor: ({ columns, rowCount }) => {
        const cells = new Float32Array(rowCount * columns.length);
        columns.forEach((column, feature) => {
          for (let row = 0; row < rowCount; row++)
            cells[row * columns.length + feature] = column[row]!;
        });
        return new Tensor('float32', cells, [rowCount, columns.length]);
      },
      run: (tensor) => session.run({ X: tensor }),
    };
  };
}
