import type { SplitChoice } from './split-choice.ts';

/** The rows being worked on; shared by everything that grows one tree and reused for the next. */
export interface RowWorkspace {
  /** In-bag rows; a node owns a stretch of it. */
  readonly rows: Int32Array;
  /** Weight of each row in this tree: its own times its multiplicity in the bag. */
  readonly weights: Float64Array;
}

/** A stretch of the workspace's rows. */
export interface NodeRows {
  readonly start: number;
  readonly end: number;
}

/** What a node is before it is split. */
export interface NodeSummary {
  readonly weight: number;
  /** Nothing is left to separate. */
  readonly isPure: boolean;
  /** On the scale of {@link SplitChoice}'s score. */
  readonly score: number;
}

/** The used bins of one feature in one node, and the histogram that they index. */
export interface FeatureHistogram {
  readonly feature: number;
  /** 256 x stride: per bin its statistics, then its row count. */
  readonly sums: Float64Array;
  /** Bins with at least one row, ascending, the missing bin left out; `usedCount` of them. */
  readonly used: Uint8Array;
  readonly usedCount: number;
}

/**
 * Sums over the target by bin, and the best cut they allow. One implementation counts classes,
 * another sums numbers; what searches features and grows trees is the same for both.
 */
export interface NodeStatistics {
  /** Numbers per bin; the last one counts rows. */
  readonly stride: number;
  /** Numbers per leaf. */
  readonly outputCount: number;
  /** Sum up the node's rows; the calls that follow speak of this node. */
  open(node: NodeRows): NodeSummary;
  /** Add the node's rows to the histograms of four features, `features[at]` to `features[at + 3]`. */
  addFour(features: Int32Array, at: number, histograms: readonly Float64Array[]): void;
  addOne(feature: number, histogram: Float64Array): void;
  /** As `addOne`, and note each bin on its first use. @returns how many were noted. */
  addNoting(feature: number, histogram: Float64Array, used: Uint8Array): number;
  /** Overwrite `choice` where a cut of this feature beats it. */
  chooseCut(histogram: FeatureHistogram, choice: SplitChoice): void;
  /** Append the opened node's outputs. */
  appendOutputs(leafValues: number[]): void;
}
