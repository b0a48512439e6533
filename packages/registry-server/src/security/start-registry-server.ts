import { type FastifyInstance, LogController, fastify } from 'fastify';
import type { Registry } from '@gnu-mlops/registry-client';
import type { AuditLog } from '../audit/audit-log.ts';
import { type AuditScope, auditRequests } from '../audit/audit-requests.ts';
import { type RegistryServerOptions, registryServer } from '../registry-server.ts';
import { createFailureLogger } from './failure-logger.ts';
import { hostNameOf, isLoopbackHost } from './host-name.ts';
import { type ListenAddress, listen } from './listen.ts';
import { type RateLimit, createRateLimiter } from './rate-limiter.ts';
import { guardRequests } from './request-guard.ts';
import { type RequestsUnderWay, watchRequests } from './requests-under-way.ts';
import { CertificateError, TokenRequiredError } from './security-errors.ts';
import { tokenStatus } from './token-record.ts';
import { type AnswerFacts, tellAnswers } from './tell-answers.ts';
import type { TokenStore } from './token-store.ts';
import { withoutSchemas } from './without-schemas.ts';

/** A server of its own around the plugin, secure unless told otherwise. */
export interface RegistryServiceOptions extends Omit<RegistryServerOptions, 'registry'> {
  /** The service does not close it. */
  readonly registry: Registry;
  readonly listen: ListenAddress;
  /** Certificate and key in PEM form: the server then speaks HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Default: none is known, so that only a server on loopback starts. */
  readonly tokens?: TokenStore;
  /**
   * Who needs no token: nobody, or whoever asks a server that only this machine reaches, that goes by
   * no name of its own and serves no pages of others. Default `loopback`.
   */
  readonly withoutToken?: 'nobody' | 'loopback';
  /** Names that the server goes by, beside loopback and addresses in digits; `*`: any. */
  readonly allowedHosts?: readonly string[];
  /** Origins whose pages may use the server, such as `https://mlops.example.org`; `*`: any. */
  readonly allowedOrigins?: readonly string[];
  /** For each token; default 500 a second, 5,000 at once. `off`: none. */
  readonly rateLimit?: RateLimit | 'off';
  /** Default: nothing is told. */
  readonly audit?: { readonly log: AuditLog; readonly scope: AuditScope };
  /** Told of every failure that is the server's own, not its caller's; default: nobody. */
  readonly onFailure?: (error: unknown) => void;
  /** Told of every request that was answered, but for probes; default: nobody. */
  readonly onAnswer?: (facts: AnswerFacts) => void;
}

/** A server that answers requests. */
export interface RunningRegistryServer {
  /** `http://127.0.0.1:5000`. */
  readonly url: string;
  readonly port: number;
  /** Whether every request needs a token. */
  readonly isTokenRequired: boolean;
  /**
   * Take no more requests, and finish those that came; then nothing needs the registry any more.
   *
   * @param patienceMs connections that last longer are cut; default 30 s.
   */
  stop(options?: { readonly patienceMs?: number }): Promise<void>;
}

/** How often connections that have become idle are closed while the server stops. */
const SWEEP_MS = 50;

/** How long work for requests that were cut is waited for. */
const NOTICE_MS = 5_000;

const REQUESTS: RateLimit = { perSecond: 500, burst: 5_000 };
const FAILURES: RateLimit = { perSecond: 1, burst: 100 };

/**
 * Serve a registry over HTTP.
 *
 * @throws {TokenRequiredError} when others could reach the server and no token is valid.
 * @throws {CertificateError} when certificate and key are none.
 * @throws {ListenError} when the address cannot be listened on.
 */
export async function startRegistryServer(
  options: RegistryServiceOptions,
): Promise<RunningRegistryServer> {
  const isTokenRequired = needsToken(options);
  const now = options.now ?? Date.now;
  if (isTokenRequired && !hasValidToken(options.tokens, now())) {
    throw new TokenRequiredError(whoReaches(options));
  }
  const server = createServer(options);
  guard(server, options, isTokenRequired ? 'refused' : 'trusted');
  if (options.onAnswer !== undefined) tellAnswers(server, options.onAnswer);
  if (options.audit !== undefined) {
    const { onFailure = () => {} } = options;
    auditRequests(server, { ...options.audit, now, onFailure });
  }
  const underWay = watchRequests(server);
  await server.register(registryServer, options);
  const port = await listen(server, options.listen);
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${urlHost(options.listen.host)}:${port}`,
    port,
    isTokenRequired,
    stop: ({ patienceMs = 30_000 } = {}) => stop(server, underWay, patienceMs),
  };
}

/** Whether a server with these options asks everybody for a token. */
export function needsToken(
  options: Pick<
    RegistryServiceOptions,
    'listen' | 'withoutToken' | 'allowedHosts' | 'allowedOrigins'
  >,
): boolean {
  const { listen: address, withoutToken = 'loopback' } = options;
  const { allowedHosts = [], allowedOrigins = [] } = options;
  if (withoutToken === 'nobody' || !isLoopbackHost(address.host)) return true;
  // A name of its own means that something passes requests of others on to it, and pages of other
  // machines are others, too.
  const named = [...allowedHosts, ...allowedOrigins.map((origin) => originHost(origin))];
  return !named.every(isLoopbackHost);
}

function originHost(origin: string): string {
  return hostNameOf(origin.replace(/^https?:\/\//i, '')) ?? origin;
}

function hasValidToken(tokens: TokenStore | undefined, at: number): boolean {
  return (tokens?.list() ?? []).some((token) => tokenStatus(token, at) === 'valid');
}

function whoReaches({ listen: address, withoutToken }: RegistryServiceOptions): string {
  if (withoutToken === 'nobody') return 'By its options, this server';
  return `A server on ${address.host}, under the names that it is given,`;
}

function createServer({ tls, onFailure = () => {} }: RegistryServiceOptions): FastifyInstance {
  const server = createFastify(tls);
  const logger = createFailureLogger(onFailure);
  // As a logger of Fastify's own it would have all of pino loaded.
  return server.setChildLoggerFactory(() => logger);
}

function createFastify(tls: RegistryServiceOptions['tls']): FastifyInstance {
  const common = {
    // A path is a file's: as long as a request's head may be anyway.
    routerOptions: { maxParamLength: 16_384, ignoreDuplicateSlashes: true },
    forceCloseConnections: 'idle',
    keepAliveTimeout: 72_000,
    logController: new LogController({ disableRequestLogging: true }),
    schemaController: withoutSchemas,
  } as const;
  const timeouts = { headersTimeout: 20_000 };
  if (tls === undefined) return fastify({ ...common, http: timeouts });
  try {
    return fastify({ ...common, https: { ...tls, ...timeouts } }) as unknown as FastifyInstance;
  } catch (error) {
    throw new CertificateError(`${(error as Error).message}.`, { cause: error });
  }
}

function guard(
  server: FastifyInstance,
  options: RegistryServiceOptions,
  anonymous: 'refused' | 'trusted',
): void {
  const { tokens, allowedHosts, allowedOrigins, rateLimit = REQUESTS } = options;
  const clock = () => performance.now();
  guardRequests(server, {
    anonymous,
    ...(tokens === undefined ? {} : { tokens }),
    allowedHosts: [...(allowedHosts ?? []), options.listen.host.toLowerCase()],
    ...(allowedOrigins === undefined ? {} : { allowedOrigins }),
    ...(rateLimit === 'off' ? {} : { requests: createRateLimiter(rateLimit, clock) }),
    failures: createRateLimiter(FAILURES, clock),
  });
}

async function stop(
  server: FastifyInstance,
  underWay: RequestsUnderWay,
  patienceMs: number,
): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), patienceMs);
  // A client that keeps its connection after its last answer is not waited for.
  const sweep = setInterval(() => server.server.closeIdleConnections(), SWEEP_MS);
  try {
    await server.close();
  } finally {
    clearTimeout(cut);
    clearInterval(sweep);
  }
  // What works for a request that was cut needs the registry and the audit log until it notices.
  await underWay.ended(NOTICE_MS);
}

/** All addresses of a machine are none that a client could ask. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
