/** A server has sent nothing, nor taken anything, for as long as it may be silent. */
export class ServerSilentError extends Error {
  /** Such as the system has for connections that break. */
  readonly code = 'ETIMEDOUT';

  constructor(timeoutMs: number) {
    super(`the server was silent for ${timeoutMs / 1000} s`);
  }
}
