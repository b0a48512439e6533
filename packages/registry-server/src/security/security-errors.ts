import { GnuMlopsError } from '@gnu-mlops/core';

/** A route was registered that does not say what it asks of its caller. */
export class RouteScopeMissingError extends GnuMlopsError {
  static readonly code = 'SERVER_ROUTE_SCOPE_MISSING';

  constructor(method: string, url: string) {
    super(
      RouteScopeMissingError.code,
      `The route ${method} ${url} declares no scope, so nobody could be kept from it. Add config: { scope: 'read' | 'write' | 'admin' | 'public' } to its options.`,
    );
  }
}

/** The server shall listen where others can reach it, and there is no token to ask them for. */
export class TokenRequiredError extends GnuMlopsError {
  static readonly code = 'SERVER_TOKEN_REQUIRED';

  constructor(where: string) {
    super(
      TokenRequiredError.code,
      `${where} can be reached by others, and no token is valid that they could be asked for. Create one (gnu-mlops server tokens create), or listen on 127.0.0.1.`,
    );
  }
}

/** There is no token with that id. */
export class TokenNotFoundError extends GnuMlopsError {
  static readonly code = 'SERVER_TOKEN_NOT_FOUND';
  readonly tokenId: string;

  constructor(tokenId: string) {
    super(
      TokenNotFoundError.code,
      `There is no valid token with the id ${JSON.stringify(tokenId.slice(0, 40))}. List the tokens (gnu-mlops server tokens list) to see their ids.`,
    );
    this.tokenId = tokenId;
  }
}

/** The file of tokens cannot be trusted, read or written. */
export class TokenFileError extends GnuMlopsError {
  static readonly code = 'SERVER_TOKEN_FILE';
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(TokenFileError.code, `The tokens in ${path} cannot be used: ${problem}`, options);
    this.path = path;
  }
}

/** A name, scope or time that no token can have. */
export class TokenInvalidError extends GnuMlopsError {
  static readonly code = 'SERVER_TOKEN_INVALID';

  constructor(problem: string) {
    super(TokenInvalidError.code, problem);
  }
}

/** The address cannot be listened on: taken, not allowed, or not of this machine. */
export class ListenError extends GnuMlopsError {
  static readonly code = 'SERVER_LISTEN_FAILED';
  readonly host: string;
  readonly port: number;

  constructor(
    { host, port }: { readonly host: string; readonly port: number },
    problem: string,
    options?: ErrorOptions,
  ) {
    super(ListenError.code, `Cannot listen on ${host} port ${port}: ${problem}`, options);
    this.host = host;
    this.port = port;
  }
}

/** Certificate and key do not make a server that speaks TLS. */
export class CertificateError extends GnuMlopsError {
  static readonly code = 'SERVER_CERTIFICATE_INVALID';

  constructor(problem: string, options?: ErrorOptions) {
    super(
      CertificateError.code,
      `The certificate and its key cannot be used: ${problem} Give both in PEM form, the key without a passphrase.`,
      options,
    );
  }
}
