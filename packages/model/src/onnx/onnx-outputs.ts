import type { ColumnSpec, SignatureType } from '@gnu-mlops/core';
import type { Model } from '../model.ts';

/**
 * The columns that a model's graph gives, in their order, and so those of the data frame that MLflow's
 * Python side predicts: of a regression `prediction`; of a classification `label`, `probability` (of that
 * label) and for each class `probability=<class>`. A name that is an input's gets a `_` behind.
 */
export function onnxOutputs({ task, target, signature }: Model): ColumnSpec[] {
  const taken = new Set(signature.inputs.map(({ name }) => name));
  const column = (wanted: string, type: SignatureType): ColumnSpec => {
    let name = wanted;
    while (taken.has(name)) name += '_';
    taken.add(name);
    return { name, type, required: true };
  };
  if (task === 'regression') return [column('prediction', 'double')];
  return [
    column('label', labelType(signature.outputs[0]?.type)),
    column('probability', 'double'),
    ...(target.classes ?? []).map((name) => column(`probability=${name}`, 'double')),
  ];
}

/** The widest type of its kind: a graph knows no other integers and floats here. */
function labelType(promised: SignatureType = 'string'): SignatureType {
  if (promised === 'integer') return 'long';
  return promised === 'float' ? 'double' : promised;
}
