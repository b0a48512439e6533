import type { Stage } from '@gnu-mlops/core';
import type { HeldStage } from '@gnu-mlops/registry-client';

import type { GateVerdict } from './gate-verdict.ts';

/** Why a plan may not be carried out. */
export interface Refusal {
  /**
   * `gate`: a gate failed or lacks evidence. `not_staged`: production is for the version in
   * Staging. `in_production`: the move would take the version out of production.
   * `never_in_production`: a rollback goes to a version that has been in production.
   * `synthetic_data`: production is for versions that were trained on real rows.
   */
  readonly rule: 'gate' | 'not_staged' | 'in_production' | 'never_in_production' | 'synthetic_data';
  /** For a person: a whole sentence. */
  readonly message: string;
}

/** What both kinds of plan have. JSON: print it, store it, approve it, apply it. */
interface StagePlan {
  readonly modelName: string;
  readonly version: string;
  /** Where the version stood when the plan was made. */
  readonly fromStage: Stage;
  readonly toStage: HeldStage;
  /** The version that held `toStage` when the plan was made; it will be archived. null: none. */
  readonly holder: string | null;
  /** `nothing_to_do`: the version is in the stage already. */
  readonly status: 'ready' | 'nothing_to_do' | 'refused';
  /** Empty unless refused. */
  readonly refusals: readonly Refusal[];
  /** For a person: one line. */
  readonly summary: string;
}

/** A version on its way up, with the evidence it was judged by. */
export interface PromotionPlan extends StagePlan {
  readonly action: 'promote';
  readonly verdicts: readonly GateVerdict[];
  /** The finite metrics of the run that made the version. */
  readonly metrics: { readonly [metric: string]: number };
  readonly runId: string | null;
  readonly algorithm: string | null;
  readonly dataDigest: string | null;
  /** `by-name`: the caller asked for production without Staging. */
  readonly skipStaging: 'by-name' | null;
  /** Where the training rows came from, as far as it is known; `sample`: made up. */
  readonly dataSource: string | null;
  /** `by-name`: the caller asked for production although the rows are made up. */
  readonly syntheticData: 'by-name' | null;
  /** Written to the version; who and when are added as the plan is applied. */
  readonly tags: { readonly [key: string]: string };
  /** The version's description from then on. */
  readonly description: string;
}

/** Production on its way back to a version that it had before. */
export interface RollbackPlan extends StagePlan {
  readonly action: 'rollback';
  readonly toStage: 'GNU_Production';
  /** Whether the caller named the version or took the one before. */
  readonly target: 'previous' | 'by-name';
}

/** One stage move, decided but not done. */
export type DeploymentPlan = PromotionPlan | RollbackPlan;
