import { GnuMlopsError } from '@gnu-mlops/core';

/** A parameter of the request is missing or wrong; worded as MLflow's clients expect it. */
export class RequestInvalidError extends GnuMlopsError {
  static readonly code = 'SERVER_REQUEST_INVALID';

  constructor(message: string, options?: ErrorOptions) {
    super(RequestInvalidError.code, message, options);
  }

  static missing(parameter: string): RequestInvalidError {
    return new RequestInvalidError(
      `Missing value for required parameter '${parameter}'. Send it with the request.`,
    );
  }

  /** @param problem a sentence, such as `It must be text.` */
  static value(parameter: string, value: unknown, problem: string): RequestInvalidError {
    return new RequestInvalidError(
      `Invalid value ${quoteShort(value)} for parameter '${parameter}' supplied: ${problem}`,
    );
  }
}

/** The body is larger than the server takes. */
export class RequestTooLargeError extends GnuMlopsError {
  static readonly code = 'SERVER_REQUEST_TOO_LARGE';
  readonly limitBytes: number;

  constructor(what: string, limitBytes: number) {
    super(
      RequestTooLargeError.code,
      `${what} must be at most ${limitBytes} bytes. Send less at a time.`,
    );
    this.limitBytes = limitBytes;
  }
}

/** The server has no such endpoint. */
export class EndpointNotFoundError extends GnuMlopsError {
  static readonly code = 'SERVER_ENDPOINT_NOT_FOUND';

  constructor(method: string, path: string) {
    super(
      EndpointNotFoundError.code,
      `This server has no endpoint ${method} ${path}. It serves experiments, runs, logged models, registered models and artifacts of MLflow's REST API.`,
    );
  }
}

/** Nobody has put a file there. */
export class FileNotFoundError extends GnuMlopsError {
  static readonly code = 'SERVER_FILE_NOT_FOUND';
  readonly path: string;

  constructor(path: string) {
    super(
      FileNotFoundError.code,
      `There is no file "${path}" among the artifacts of this server. List the folder to see what is there.`,
    );
    this.path = path;
  }
}

/** What MLflow offers and this server does not, such as uploads in parts. */
export class FeatureUnsupportedError extends GnuMlopsError {
  static readonly code = 'SERVER_FEATURE_UNSUPPORTED';

  /** @param problem a sentence: what is not offered, and what to do instead. */
  constructor(problem: string) {
    super(FeatureUnsupportedError.code, problem);
  }
}

function quoteShort(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}
