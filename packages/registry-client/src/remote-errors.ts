import { GnuMlopsError } from '@gnu-mlops/core';

/** The server could not be reached, or failed, and went on doing so while we tried again. */
export class RemoteUnavailableError extends GnuMlopsError {
  static readonly code = 'REGISTRY_REMOTE_UNAVAILABLE';
  readonly server: string;
  /** The last HTTP status; undefined when no answer came. */
  readonly status: number | undefined;

  constructor(
    server: string,
    problem: { readonly text: string; readonly status?: number },
    options?: ErrorOptions,
  ) {
    super(
      RemoteUnavailableError.code,
      `The registry server ${server} is unavailable: ${problem.text} Check its address and that it runs, then try again.`,
      options,
    );
    this.server = server;
    this.status = problem.status;
  }
}

/** The server does not accept the credentials, or does not allow this to them. */
export class RemoteDeniedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_REMOTE_DENIED';
  readonly server: string;
  /** 401: who is asking is not known; 403: it is not allowed to them. */
  readonly status: number;

  constructor(server: string, status: number) {
    super(
      RemoteDeniedError.code,
      status === 401
        ? `The registry server ${server} does not accept the credentials. Give it a user name and password, or a token, that are valid there.`
        : `The registry server ${server} does not allow this to these credentials. Ask its administrator for the permission.`,
    );
    this.server = server;
    this.status = status;
  }
}

/** The server refused a request, for a reason that has no error of its own here. */
export class RemoteRefusedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_REMOTE_REFUSED';
  readonly status: number;
  /** Such as `INVALID_PARAMETER_VALUE`; empty where the server gave none. */
  readonly serverCode: string;
  /** In the server's words. */
  readonly serverMessage: string;

  constructor(
    request: string,
    refusal: { readonly status: number; readonly code: string; readonly message: string },
  ) {
    const code = refusal.code === '' ? '' : ` ${refusal.code}`;
    super(
      RemoteRefusedError.code,
      `The registry server refused ${request} (${refusal.status}${code}): ${refusal.message}`,
    );
    this.status = refusal.status;
    this.serverCode = refusal.code;
    this.serverMessage = refusal.message;
  }
}

/** The answer is none that an MLflow server gives. */
export class RemoteAnswerError extends GnuMlopsError {
  static readonly code = 'REGISTRY_REMOTE_ANSWER';
  readonly server: string;

  constructor(server: string, problem: string, options?: ErrorOptions) {
    super(
      RemoteAnswerError.code,
      `${server} does not answer as an MLflow server does: ${problem} Check that the address is that of the server, with the prefix it is served under.`,
      options,
    );
    this.server = server;
  }
}

/** The artifacts lie where only the server's machine, or a cloud's client, can reach them. */
export class ArtifactLocationError extends GnuMlopsError {
  static readonly code = 'REGISTRY_ARTIFACT_LOCATION';
  /** What comes before the colon of the location, such as `s3`; empty for a path. */
  readonly scheme: string;

  /** @param remedy default: for an MLflow server. */
  constructor(subject: string, scheme: string, remedy: string = SERVE_ARTIFACTS) {
    super(
      ArtifactLocationError.code,
      `The artifacts of ${subject} lie at ${scheme === '' ? 'a path of another machine' : `"${scheme}:..."`}, which the registry server does not pass on. ${remedy}`,
    );
    this.scheme = scheme;
  }
}

const SERVE_ARTIFACTS =
  'Start "mlflow server" with --serve-artifacts and use an experiment whose artifact location begins with "mlflow-artifacts:".';
