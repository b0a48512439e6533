import type { DatasetInput } from '../entities.ts';
import type { NewRun, RunBatch, RunUpdate } from '../registry.ts';

/** What an offline run begins with. */
export interface OfflineStart extends Omit<NewRun, 'experimentId'> {
  readonly kind: 'start';
  /** Of the journal's layout. */
  readonly layout: 1;
  /** 32 hex digits, this run's own; the registry will give it another. */
  readonly runId: string;
  readonly experimentName: string;
}

/** One entry of an offline run's journal. */
export type OfflineEntry =
  | OfflineStart
  | ({ readonly kind: 'update' } & RunUpdate)
  | ({ readonly kind: 'batch' } & WrittenBatch)
  | { readonly kind: 'inputs'; readonly datasets: readonly DatasetInput[] }
  | {
      readonly kind: 'artifact';
      readonly path: string;
      readonly sizeBytes: number;
      readonly sha256: string;
    };

/** A batch as JSON can hold it: NaN and infinities as texts. */
export interface WrittenBatch extends Omit<RunBatch, 'metrics'> {
  readonly metrics?: readonly (Omit<NonNullable<RunBatch['metrics']>[number], 'value'> & {
    readonly value: number | string;
  })[];
}

/** A batch in the form that a journal keeps. */
export function formatBatch({ metrics, ...batch }: RunBatch): WrittenBatch {
  if (metrics === undefined) return batch;
  return {
    ...batch,
    metrics: metrics.map((point) => ({
      ...point,
      value: Number.isFinite(point.value) ? point.value : String(point.value),
    })),
  };
}
