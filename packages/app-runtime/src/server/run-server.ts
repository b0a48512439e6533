import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Registry } from '@gnu-mlops/registry-client';
import {
  type AnswerFacts,
  type AuditLog,
  type IssuedToken,
  type TokenStore,
  needsToken,
  openAuditLog,
  openTokenStore,
  startRegistryServer,
} from '@gnu-mlops/registry-server';
import { openConfiguredRegistry } from '../open-configured-registry.ts';
import { commandEvent } from './audit-command.ts';
import { checkNotItself } from './check-not-itself.ts';
import type { ServerConfig } from './load-server-config.ts';
import { type ServerPlace, databasePath, serverPlace } from './server-place.ts';
import { type ServerOverrides, type ServerSettings, serverSettings } from './server-settings.ts';
import { type ServiceOptions, serviceOptions } from './service-options.ts';

/** What surrounds a server. */
export interface ServerSurroundings {
  /** The folder that relative paths start at. */
  readonly cwd: string;
  /** Where credentials for another server or a workspace are. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Who starts it, for the audit log. */
  readonly userId: string;
  /** Aborted, the server finishes the requests that came, and ends. */
  readonly signal: AbortSignal;
}

/** What a server that answers says of itself. */
export interface ServedFacts {
  readonly url: string;
  readonly registry: string;
  /** The registry was made just now. */
  readonly isNew: boolean;
  readonly isTokenRequired: boolean;
  /** Null: there is no audit log. */
  readonly auditFolder: string | null;
}

/** Whom a server tells what. */
export interface ServerListener {
  /** There is no other time to see the token: it is kept as a hash. */
  onFirstToken(issued: IssuedToken): void;
  onReady(facts: ServedFacts): void;
  onStopping(): void;
  /** A failure that is the server's own, not its caller's. */
  onFailure(error: unknown): void;
  /** Of every request, once it is answered. */
  readonly onAnswer?: (facts: AnswerFacts) => void;
}

/** A client's own patience is enough: it asks again when this server says that nobody answers. */
const UPSTREAM_ATTEMPTS = 3;

/**
 * Serve the configured registry until the signal is aborted; resolves, with the address that it had,
 * once the requests that came are answered and everything is closed.
 *
 * A server that others reach, and that never had a token, makes one: nobody could use it otherwise.
 *
 * @throws {ServerSettingError} for settings that do not go together.
 * @throws what `openConfiguredRegistry`, `openTokenStore` and `startRegistryServer` throw.
 */
export async function runServer(
  { config, overrides }: { readonly config: ServerConfig; readonly overrides?: ServerOverrides },
  surroundings: ServerSurroundings,
  listener: ServerListener,
): Promise<string> {
  const { cwd } = surroundings;
  const settings = serverSettings(config, overrides);
  const place = serverPlace({ ...settings, cwd });
  const { allowed_hosts: allowedHosts } = settings;
  const service = await serviceOptions(settings, cwd);
  checkNotItself({ listen: service.listen, allowedHosts }, place.registryUri);
  const isNew = isMissingFile(place.registryUri);
  const registry = await openServed(place.registryUri, { config, settings, surroundings });
  try {
    const audit = openServerAudit(place.auditFolder, settings);
    try {
      return await serve(
        { registry, audit, settings, service, place, isNew },
        surroundings,
        listener,
      );
    } finally {
      audit?.close();
    }
  } finally {
    await registry.close();
  }
}

/** What is open while a server runs, and what it is told. */
interface Served {
  readonly registry: Registry;
  readonly audit: AuditLog | undefined;
  readonly settings: ServerSettings;
  readonly service: ServiceOptions;
  readonly place: ServerPlace;
  readonly isNew: boolean;
}

async function serve(
  { registry, audit, settings, service, place, isNew }: Served,
  surroundings: ServerSurroundings,
  listener: ServerListener,
): Promise<string> {
  const { now, signal } = surroundings;
  const tokens = openTokenStore(place.tokensPath, { now });
  const issued = needsToken(service) ? firstToken(tokens) : undefined;
  if (issued !== undefined) {
    listener.onFirstToken(issued);
    const { id, name, scope } = issued.token;
    await tell('tokens create', { id, name, scope });
  }
  const { onAnswer } = listener;
  const server = await startRegistryServer({
    ...service,
    ...{ registry, tokens, now },
    ...(audit === undefined || settings.audit === 'off'
      ? {}
      : { audit: { log: audit, scope: settings.audit } }),
    onFailure: (error) => listener.onFailure(error),
    ...(onAnswer === undefined ? {} : { onAnswer }),
  });
  const { url, isTokenRequired } = server;
  try {
    const auditFolder = audit?.folder ?? null;
    listener.onReady({ url, registry: registry.uri, isNew, isTokenRequired, auditFolder });
    await tell('server start', { url });
    await whenAborted(signal);
    listener.onStopping();
    return url;
  } finally {
    await server.stop();
  }

  async function tell(action: string, target: Readonly<Record<string, string>>): Promise<void> {
    await audit?.append(commandEvent(surroundings, { action, target }));
  }
}

function openServed(
  registryUri: string,
  {
    config: { databricks },
    settings: { artifacts },
    surroundings: { cwd, env, now, userId },
  }: {
    readonly config: ServerConfig;
    readonly settings: ServerSettings;
    readonly surroundings: ServerSurroundings;
  },
) {
  return openConfiguredRegistry(
    { mlflow: { tracking_uri: registryUri }, ...(databricks === undefined ? {} : { databricks }) },
    {
      ...{ cwd, env, now, userId },
      http: { maxAttempts: UPSTREAM_ATTEMPTS },
      ...(artifacts === undefined ? {} : { artifactRoot: resolve(cwd, artifacts) }),
    },
  );
}

function openServerAudit(
  folder: string,
  { audit, audit_sync: when }: ServerSettings,
): AuditLog | undefined {
  const sync = { line: 'every_line', second: 'every_second', never: 'never' } as const;
  return audit === 'off' ? undefined : openAuditLog(folder, { sync: sync[when] });
}

function firstToken(tokens: TokenStore): IssuedToken | undefined {
  if (tokens.list().length > 0) return undefined;
  return tokens.create({ name: 'first', scope: 'admin' });
}

function isMissingFile(registryUri: string): boolean {
  const path = databasePath(registryUri);
  return path !== undefined && !existsSync(path);
}

async function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
}
