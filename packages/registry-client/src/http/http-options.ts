/** How to talk to a registry server. Nothing of it shows in errors or in the registry's URI. */
export interface HttpRegistryOptions {
  /** For basic authentication, with `password`. */
  readonly username?: string;
  readonly password?: string;
  /** Sent as a bearer token; the user name wins when both are given, as in MLflow. */
  readonly token?: string;
  /**
   * How long one attempt may take, from request to whole answer, and of a stream each piece that the
   * server is waited for; default 2 minutes.
   */
  readonly timeoutMs?: number;
  /** How often a request that may safely be sent again is sent at most; default 5. */
  readonly maxAttempts?: number;
  /** Ends every request, and the waiting between them, when it is aborted. */
  readonly signal?: AbortSignal;
  /** Certificates to trust, and whether to check any: in Node only. */
  readonly tls?: TlsOptions;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch;
  /** From 0 up to 1, for the waiting between attempts; default: the platform's. */
  readonly random?: () => number;
}

/** How the server's certificate is checked. */
export interface TlsOptions {
  /** Authorities to trust instead of the platform's: certificates in PEM form. */
  readonly ca?: string;
  /** `off` accepts any certificate, and with it any server; default `full`. */
  readonly verification?: 'full' | 'off';
}
