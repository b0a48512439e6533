import type { FittedGroupRare } from '@gnu-mlops/preprocess';
import type { GraphBuilder } from './graph-builder.ts';
import type { GraphColumn, TextColumn } from './graph-column.ts';
import { ML_DOMAIN } from './onnx-messages.ts';

/** Texts that are not kept become the label; what means a missing cell goes on to mean it. */
export function writeGroupRare(
  graph: GraphBuilder,
  column: TextColumn,
  step: FittedGroupRare,
): readonly GraphColumn[] {
  const entry = step.columns.find(({ column: name }) => name === column.name);
  if (entry === undefined) return [column];
  const kept = [...new Set([...entry.kept, ...column.missingTexts])];
  const value = graph.operator('LabelEncoder', {
    inputs: [column.value],
    domain: ML_DOMAIN,
    attributes: {
      keys_strings: { texts: kept },
      values_strings: { texts: kept },
      default_string: { text: step.label },
    },
  });
  return [{ ...column, value }];
}
