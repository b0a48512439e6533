import { isGnuMlopsError } from '@gnu-mlops/core';
import { type ErrorKind, type ErrorOutcome, outcomeOfKind } from './error-kind.ts';

/** Which codes a rule covers, and what they mean. The first rule that covers a code counts. */
export interface ErrorRule {
  readonly codes: RegExp;
  readonly kind: ErrorKind;
}

/** Every error code, by family; an exception stands before its family. */
export const errorTable: readonly ErrorRule[] = [
  { codes: /^[A-Z]+_CANCELLED$/, kind: 'interrupted' },

  { codes: /^CONFIG_/, kind: 'configuration' },
  { codes: /^RUNTIME_/, kind: 'usage' },
  { codes: /^CLI_/, kind: 'usage' },
  { codes: /^[A-Z]+_OPTION_INVALID$/, kind: 'usage' },

  { codes: /^TABLE_/, kind: 'data' },
  { codes: /^METRIC_UNKNOWN$/, kind: 'usage' },
  { codes: /^METRIC_/, kind: 'data' },

  { codes: /^DATA_FOLDER_NOT_FOUND$/, kind: 'usage' },
  { codes: /^DATA_FILE_ACCESS_FAILED$/, kind: 'unexpected' },
  { codes: /^DATA_(PACKAGE_MISSING|MEMORY_EXCEEDED)$/, kind: 'configuration' },
  { codes: /^DATA_(FORMAT_UNKNOWN|QUERY_FAILED)$/, kind: 'usage' },
  { codes: /^DATA_(S3|DATABRICKS)_(URI|NAME)_INVALID$/, kind: 'usage' },
  { codes: /^DATA_(S3|DATABRICKS)_(FORBIDDEN|REGION)$/, kind: 'configuration' },
  { codes: /^DATA_(S3|DATABRICKS)_UNAVAILABLE$/, kind: 'unavailable' },
  { codes: /^DATA_/, kind: 'data' },

  { codes: /^PREPROCESS_(RECIPE|PROFILE)_INVALID$/, kind: 'artifact' },
  { codes: /^PREPROCESS_(SPEC|SPLIT|CHECKS)_INVALID$/, kind: 'usage' },
  { codes: /^PREPROCESS_(TARGET_NEEDED|EXPRESSIONS_UNAVAILABLE)$/, kind: 'usage' },
  { codes: /^PREPROCESS_STEP_/, kind: 'usage' },
  { codes: /^PREPROCESS_/, kind: 'data' },

  { codes: /^MODEL_[A-Z]+_OPTION$/, kind: 'usage' },
  { codes: /^MODEL_(EXPORT_[A-Z_]+|EXPLAIN_UNSUPPORTED|ONNX_UNSUPPORTED)$/, kind: 'usage' },
  { codes: /^MODEL_(FEATURE_COUNT|SCORE_NOT_FINITE)$/, kind: 'data' },
  { codes: /^MODEL_/, kind: 'artifact' },

  { codes: /^TRAINER_(SEARCH_)?WORKER_FAILED$/, kind: 'unexpected' },
  { codes: /^TRAINER_(UNKNOWN_|HYPERPARAMETER_|TASK_)/, kind: 'usage' },
  { codes: /^TRAINER_(NOT_CONVERGED|DIVERGED)$/, kind: 'usage' },
  { codes: /^TRAINER_/, kind: 'data' },

  { codes: /^REGISTRY_(EXPORT|OFFLINE)_DAMAGED$/, kind: 'data' },
  { codes: /^REGISTRY_[A-Z_]+_NOT_FOUND$/, kind: 'not_found' },
  { codes: /^REGISTRY_(ALREADY_EXISTS|DELETED|STAGE_HELD|[A-Z]+_CONFLICT)$/, kind: 'conflict' },
  {
    codes:
      /^REGISTRY_(ARTIFACT_DAMAGED|STORE_[A-Z]+|STORAGE_REFUSED|REMOTE_(UNAVAILABLE|DENIED|ANSWER)|DISK_FULL|CLOSED)$/,
    kind: 'unavailable',
  },
  { codes: /^REGISTRY_/, kind: 'usage' },

  { codes: /^SERVER_(TOKEN|FILE|ENDPOINT)_NOT_FOUND$/, kind: 'not_found' },
  { codes: /^SERVER_(LISTEN_FAILED|CERTIFICATE_INVALID|TOKEN_FILE)$/, kind: 'configuration' },
  { codes: /^SERVER_AUDIT_UNAVAILABLE$/, kind: 'unavailable' },
  { codes: /^SERVER_ROUTE_SCOPE_MISSING$/, kind: 'unexpected' },
  { codes: /^SERVER_/, kind: 'usage' },

  { codes: /^DEPLOYER_(GATE|STAGE)_REFUSED$/, kind: 'gate_refused' },
  { codes: /^DEPLOYER_NO_/, kind: 'not_found' },
  { codes: /^DEPLOYER_PLAN_OUTDATED$/, kind: 'conflict' },
  { codes: /^DEPLOYER_GATE_INVALID$/, kind: 'usage' },

  { codes: /^PREDICTOR_MODEL_NOT_FOUND$/, kind: 'not_found' },
  { codes: /^PREDICTOR_FILE_/, kind: 'artifact' },
  { codes: /^PREDICTOR_CLOSED$/, kind: 'unavailable' },
  { codes: /^PREDICTOR_/, kind: 'data' },

  { codes: /^BATCH_(FOLDERS|[A-Z]+_FOLDER|LEDGER)_/, kind: 'configuration' },
  { codes: /^BATCH_LEASE_LOST$/, kind: 'conflict' },
  { codes: /^BATCH_(OUTPUT_WRITE|FILE_ARCHIVE)_FAILED$/, kind: 'unexpected' },
  { codes: /^BATCH_FILE_/, kind: 'data' },

  { codes: /^PIPELINE_DATA_/, kind: 'data' },
];

/** The outcome of an error code; undefined for a code that no rule covers. */
export function outcomeOfCode(code: string): ErrorOutcome | undefined {
  const rule = errorTable.find(({ codes }) => codes.test(code));
  return rule === undefined ? undefined : outcomeOfKind(rule.kind);
}

/**
 * The outcome of anything thrown: by code for our errors, `interrupted` for an aborted signal,
 * `unexpected` for all else.
 */
export function errorOutcome(error: unknown): ErrorOutcome {
  if (isGnuMlopsError(error)) return outcomeOfCode(error.code) ?? outcomeOfKind('unexpected');
  const isAbort = error instanceof Error && error.name === 'AbortError';
  return outcomeOfKind(isAbort ? 'interrupted' : 'unexpected');
}
