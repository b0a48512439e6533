import { type Cells, textAt, textIn } from './cells.ts';
import type { ColumnKernel } from './map-columns.ts';

/** The weights of one text: `weights[i]` belongs to output `positions[i]`. */
export interface TextWeights {
  readonly positions: readonly number[];
  readonly weights: readonly number[];
}

/**
 * A kernel that turns a text into weights over columns of its own; a missing text weighs nothing.
 *
 * @param weigh called once for each different text where the cells are dictionary-coded.
 */
export function spreadTexts(
  names: readonly string[],
  weigh: (text: string) => TextWeights,
): ColumnKernel {
  return {
    outputs: names.map((name) => ({ name, kind: 'numeric' })),
    run(cells: Cells, rowCount) {
      const texts = textIn(cells);
      const columns = names.map(() => new Float64Array(rowCount));
      const known = new Map<string, TextWeights>();
      for (let row = 0; row < rowCount; row++) {
        const text = textAt(texts, row);
        if (text === null) continue;
        let weighed = known.get(text);
        if (weighed === undefined) {
          weighed = weigh(text);
          if (texts.kind === 'categorical') known.set(text, weighed);
        }
        const { positions, weights } = weighed;
        for (let i = 0; i < positions.length; i++) columns[positions[i]!]![row] = weights[i]!;
      }
      return columns;
    },
  };
}

/** Divide weights by their Euclidean length, so that long texts weigh no more than short ones. */
export function normalizeWeights(totals: ReadonlyMap<number, number>): TextWeights {
  let squares = 0;
  for (const weight of totals.values()) squares += weight * weight;
  const length = squares === 0 ? 1 : Math.sqrt(squares);
  return {
    positions: [...totals.keys()],
    weights: Array.from(totals.values(), (weight) => weight / length),
  };
}
