import type { RowBlock } from './widen-rows.ts';

/** Writes a block's rowCount x outputCount scores before the link, row-major, to `raw`. */
export type BlockScorer = (block: RowBlock, raw: Float64Array) => void;
