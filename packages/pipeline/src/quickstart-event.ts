import type { Progress } from '@gnu-mlops/core';
import type { BatchReport } from '@gnu-mlops/batch';
import type { Finding } from '@gnu-mlops/preprocess';
import type { NothingServing } from './find-serving-model.ts';
import type { PredictionExample } from './predict-examples.ts';
import type { StageOutcome } from './promote-through-stages.ts';
import type {
  DataSummary,
  QuickstartSummary,
  RunSummary,
  ServingSummary,
  TrainingSummary,
  VersionSummary,
} from './quickstart-result.ts';

/** The steps of a quick start, in order. */
export const QUICKSTART_STEPS = [
  'data',
  'train',
  'record',
  'promote',
  'predict',
  'batch',
  'summary',
] as const;

/** A step of a quick start. */
export type QuickstartStep = (typeof QUICKSTART_STEPS)[number];

/** What a quick start tells while it runs, for an app to show; each thing once, as soon as it is so. */
export type QuickstartEvent =
  /** A step begins. */
  | { readonly type: 'step'; readonly step: QuickstartStep }
  /** Long work goes on: training and scoring. Comes many times. */
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'data'; readonly data: DataSummary }
  | { readonly type: 'findings'; readonly findings: readonly Finding[] }
  | { readonly type: 'split'; readonly rows: TrainingSummary['rows'] }
  | {
      readonly type: 'folds';
      readonly folds: TrainingSummary['folds'];
      readonly mean: TrainingSummary['foldMean'];
      readonly std: TrainingSummary['foldStd'];
    }
  | { readonly type: 'evaluation'; readonly training: TrainingSummary }
  | { readonly type: 'run'; readonly run: RunSummary }
  | { readonly type: 'version'; readonly version: VersionSummary }
  /** Comes twice: for Staging and for GNU_Production. */
  | { readonly type: 'stage'; readonly outcome: StageOutcome }
  | { readonly type: 'serving'; readonly serving: ServingSummary | NothingServing }
  /** Comes three times, once a form of input, where a model serves. */
  | { readonly type: 'prediction'; readonly example: PredictionExample }
  /** Files were put among the waiting ones. */
  | { readonly type: 'waiting_files'; readonly paths: readonly string[] }
  | { readonly type: 'batch'; readonly report: BatchReport }
  | { readonly type: 'summary'; readonly summary: QuickstartSummary };
