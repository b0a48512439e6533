import type { CategorySets } from './category-sets.ts';

/** How raw scores become outputs; `exponential` is for counts and amounts, whose log is what was learnt. */
export type Link = 'identity' | 'logistic' | 'softmax' | 'exponential';

/**
 * Trees as flat arrays, one entry a node; the nodes of tree `t` are
 * `treeStarts[t] .. treeStarts[t + 1] - 1` and its root is the first of them.
 */
export interface TreeEnsemble {
  readonly kind: 'tree_ensemble';
  /** Numbers per leaf: 1 for regression, one per class for a forest of class shares. */
  readonly outputCount: number;
  /** Length trees + 1. */
  readonly treeStarts: Int32Array;
  /** The feature a node splits on; -1 = leaf. */
  readonly splitFeature: Int32Array;
  /** A value at most the threshold goes left. Not NaN; Infinity parts present values from missing. */
  readonly threshold: Float64Array;
  /** Absolute node indices; a leaf points at itself. */
  readonly leftChild: Int32Array;
  readonly rightChild: Int32Array;
  /** 1: a missing value goes left; 0: right. */
  readonly missingLeft: Uint8Array;
  /** Splits on sets of categories, whose thresholds do not matter; absent: there are none. */
  readonly categorySets?: CategorySets;
  /** Row `leafIndex[node]` of `leafValues`; -1 for a split node. */
  readonly leafIndex: Int32Array;
  /** leaves x outputCount, row-major. */
  readonly leafValues: Float64Array;
  /** Training rows (weights) that reached a node; for explanations. */
  readonly cover: Float64Array;
  /** How the trees' leaves combine; the base score is added afterwards. */
  readonly aggregation: 'mean' | 'sum';
  /** Length outputCount. */
  readonly baseScore: Float64Array;
  readonly link: Link;
}

/** A linear predictor per output. */
export interface LinearEstimator {
  readonly kind: 'linear';
  /** 1 for regression and for a binary logistic model (the second class's log odds). */
  readonly outputCount: number;
  /** outputCount x features, row-major. */
  readonly coefficients: Float64Array;
  /** Length outputCount. */
  readonly intercepts: Float64Array;
  readonly link: Link;
}

/** What a hidden unit makes of its sum; `logistic` is the sigmoid. */
export type Activation = 'identity' | 'logistic' | 'tanh' | 'relu';

/** A multilayer perceptron: every unit of a layer sees all of the layer before. */
export interface NeuralNetwork {
  readonly kind: 'neural_network';
  /** The size of the last layer; 1 for regression and for two classes (the second's log odds). */
  readonly outputCount: number;
  /** Numbers in each layer: the features first, then the hidden layers, then the outputs. */
  readonly layerSizes: Int32Array;
  /** Layer by layer: units of the layer before x units of the layer, row-major. */
  readonly weights: Float64Array;
  /** Layer by layer: one a unit. */
  readonly biases: Float64Array;
  /** Of the hidden layers; the outputs have the link. */
  readonly activation: Activation;
  readonly link: Link;
}

/** An estimator that stands on its own. */
export type SingleEstimator = TreeEnsemble | LinearEstimator | NeuralNetwork;

/** The weighted mean of the members' outputs: of class probabilities, or of numbers. */
export interface WeightedMean {
  readonly kind: 'mean';
  /** One a member, above 0; 1 together. */
  readonly weights: Float64Array;
}

/**
 * One more estimator learnt to combine the outputs of the members: it reads the probability of the
 * second of two classes, of every class of more, or the number, of one member after the other.
 */
export interface Stack {
  readonly kind: 'stack';
  readonly final: SingleEstimator;
  /** Whether the final estimator reads the features too, behind the members' outputs. */
  readonly passthrough: boolean;
}

/** Estimators that read the same features and give one answer. They do not nest. */
export interface Ensemble {
  readonly kind: 'ensemble';
  /** Columns of the outputs: the classes, or 1 for regression. */
  readonly outputCount: number;
  /** At least one; their outputs, after their own links, are combined. */
  readonly members: readonly SingleEstimator[];
  readonly combination: WeightedMean | Stack;
  /** The combination is the output. */
  readonly link: 'identity';
}

/** What turns a feature matrix into numbers. Frozen data; scoring is a function over it. */
export type Estimator = SingleEstimator | Ensemble;
