import { type GnuMlopsError, isGnuMlopsError } from '@gnu-mlops/core';
import { RemoteDeniedError, RemoteRefusedError } from '@gnu-mlops/registry-client';
import { mlflowMessage } from './mlflow-message.ts';

/** How an error is answered: MLflow's shape of errors, and the HTTP status. */
export interface ErrorAnswer {
  readonly status: number;
  readonly errorCode: string;
  readonly message: string;
}

interface ErrorRule {
  readonly codes: RegExp;
  readonly status: number;
  readonly errorCode: string;
}

/** Which codes are answered how. The first rule that covers a code counts. */
const rules: readonly ErrorRule[] = [
  { codes: /^SERVER_REQUEST_TOO_LARGE$/, status: 413, errorCode: 'INVALID_PARAMETER_VALUE' },
  { codes: /^SERVER_ENDPOINT_NOT_FOUND$/, status: 404, errorCode: 'ENDPOINT_NOT_FOUND' },
  {
    codes: /^(SERVER_FEATURE|REGISTRY_OPERATION)_UNSUPPORTED$/,
    status: 501,
    errorCode: 'NOT_IMPLEMENTED',
  },
  {
    codes: /^(REGISTRY|SERVER)_[A-Z_]+_NOT_FOUND$/,
    status: 404,
    errorCode: 'RESOURCE_DOES_NOT_EXIST',
  },
  { codes: /^REGISTRY_ALREADY_EXISTS$/, status: 400, errorCode: 'RESOURCE_ALREADY_EXISTS' },
  {
    codes: /^REGISTRY_(STAGE|VERSION)_CONFLICT$|^REGISTRY_STAGE_HELD$/,
    status: 409,
    errorCode: 'RESOURCE_CONFLICT',
  },
  { codes: /^REGISTRY_REMOTE_(DENIED|ANSWER)$/, status: 502, errorCode: 'INTERNAL_ERROR' },
  {
    codes: /^REGISTRY_(STORE_BUSY|REMOTE_UNAVAILABLE|CLOSED)$/,
    status: 503,
    errorCode: 'TEMPORARILY_UNAVAILABLE',
  },
  { codes: /^REGISTRY_DISK_FULL$/, status: 507, errorCode: 'RESOURCE_LIMIT_EXCEEDED' },
  {
    codes: /^REGISTRY_(ARTIFACT_DAMAGED|STORE_[A-Z]+|URI_UNSUPPORTED)$/,
    status: 500,
    errorCode: 'INTERNAL_ERROR',
  },
  { codes: /^(REGISTRY|SERVER)_/, status: 400, errorCode: 'INVALID_PARAMETER_VALUE' },
];

/** MLflow's answer to an error; what nobody foresaw is said to be internal, and nothing more. */
export function answerToError(error: unknown): ErrorAnswer {
  if (isGnuMlopsError(error)) {
    const passedOn = upstreamAnswer(error);
    if (passedOn !== undefined) return passedOn;
    const rule = rules.find(({ codes }) => codes.test(error.code));
    if (rule !== undefined) {
      const { status, errorCode } = rule;
      return { status, errorCode, message: mlflowMessage(error) };
    }
  }
  return frameworkAnswer(error) ?? internalError;
}

/**
 * What a server or a workspace behind this one refused, as it refused it: the caller can mend it, or
 * not, as if he had asked there. That it does not know this server's own credentials, or failed, is
 * none of the caller's mistakes.
 */
function upstreamAnswer(error: GnuMlopsError): ErrorAnswer | undefined {
  if (error instanceof RemoteDeniedError && error.status === 403) {
    return { status: 403, errorCode: 'PERMISSION_DENIED', message: error.message };
  }
  if (!(error instanceof RemoteRefusedError)) return undefined;
  const { status, serverCode, message } = error;
  if (status < 400 || status > 501) return { status: 502, errorCode: 'INTERNAL_ERROR', message };
  const isKnown = /^[A-Z][A-Z0-9_]{1,63}$/.test(serverCode);
  return { status, errorCode: isKnown ? serverCode : 'BAD_REQUEST', message };
}

const internalError: ErrorAnswer = {
  status: 500,
  errorCode: 'INTERNAL_ERROR',
  message: 'The server failed on this request. Its log says why.',
};

/** What Fastify itself refuses, such as a media type that no route takes. */
function frameworkAnswer(error: unknown): ErrorAnswer | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode, message } = error;
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499) return undefined;
  return { status: statusCode, errorCode: 'BAD_REQUEST', message };
}
