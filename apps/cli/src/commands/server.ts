import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openConfiguredRegistry } from '@gnu-mlops/app-runtime/open-configured-registry';
import {
  type AuditLog,
  type IssuedToken,
  type RunningRegistryServer,
  type TokenStore,
  needsToken,
  openAuditLog,
  openTokenStore,
  startRegistryServer,
} from '@gnu-mlops/registry-server';
import { type Command, Option } from 'commander';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { wholeNumber } from '../option-parsers.ts';
import { type ServerFacts, formatFirstToken, formatServer } from '../render/server.ts';
import { commandEvent } from '../server/audit-command.ts';
import { type ServerOptions, serviceOptions } from '../server/server-options.ts';
import {
  type ServerPlace,
  findServerPlace,
  registryOption,
  stateOption,
} from '../server/server-place.ts';
import { defineServerTokens } from './server-tokens.ts';

/** `server`, and `server tokens` below it */
export function defineServer(program: Command, run: RunCommand): void {
  const server = program
    .command('server')
    .description("serve a registry over MLflow's REST API")
    // An option after `tokens` belongs to `tokens`.
    .enablePositionalOptions()
    .addOption(registryOption)
    .option('--host <address>', 'listen here; any but loopback takes tokens', '127.0.0.1')
    .option('-p, --port <number>', 'listen here; 0: any free port', wholeNumber(0), 5000)
    .option('--artifacts <folder>', 'where artifacts are kept (default: beside the database)')
    .addOption(stateOption)
    .option('--require-token', 'ask for a token on loopback, too')
    .option('--allowed-hosts <names...>', 'names that the server goes by, such as *.example.org')
    .option(
      '--allowed-origins <origins...>',
      'web pages that may use it: https://mlops.example.org',
    )
    .option('--cert <file>', 'certificate, to serve HTTPS')
    .option('--key <file>', 'key of the certificate')
    .addOption(audited('--audit <what>', ['writes', 'all', 'off'], 'what goes to the audit log'))
    .addOption(
      audited('--audit-sync <when>', ['second', 'line', 'never'], 'when its lines go to disk'),
    )
    .option(
      '--rate-limit <number>',
      'requests a second for each token; 0: any',
      wholeNumber(0),
      500,
    )
    .option('--max-upload <megabytes>', 'the largest artifact (default: any)', wholeNumber(1))
    .addHelpText(
      'after',
      helpExamples(
        'server',
        'server --registry sqlite:///mlflow.db --port 8080',
        'server --host 0.0.0.0 --cert cert.pem --key key.pem --allowed-hosts mlops.example.org',
        'server tokens create --name training --scope write --expires 90d',
      ),
    )
    .action(run<ServerOptions>(serve));
  defineServerTokens(server, run);
}

function audited(flags: string, choices: readonly string[], description: string): Option {
  return new Option(flags, description).choices(choices).default(choices[0]);
}

/** Serve until the person or the system ends it. */
async function serve(context: CommandContext, options: ServerOptions): Promise<CommandResult> {
  const { terminal, settings } = context;
  const { cwd, env, now, userId } = terminal;
  const place = await findServerPlace(context, options);
  const service = await serviceOptions(options, { cwd, registryUri: place.registryUri });
  const isNew = isMissingFile(place.registryUri);
  const registry = await openConfiguredRegistry(
    { mlflow: { tracking_uri: place.registryUri } },
    {
      ...{ cwd, env, now, userId },
      ...(options.artifacts === undefined ? {} : { artifactRoot: resolve(cwd, options.artifacts) }),
    },
  );
  const audit = options.audit === 'off' ? undefined : openServerAudit(place, options);
  try {
    const tokens = openTokenStore(place.tokensPath, { now });
    if (needsToken(service)) await ensureFirstToken(context, tokens, audit);
    const server = await startRegistryServer({
      ...service,
      registry,
      tokens,
      now,
      ...(audit === undefined || options.audit === 'off'
        ? {}
        : { audit: { log: audit, scope: options.audit } }),
      onFailure: (error) => void tellFailure(context, error),
    });
    try {
      await sayReady(context, server, { registry: registry.uri, isNew, audit });
      await whenAborted(terminal.signal);
      context.note('Stopping: requests that came are finished.');
    } finally {
      await server.stop();
    }
    const text = settings.quiet ? '' : 'Stopped.\n';
    return { json: { event: 'stopped', url: server.url }, text };
  } finally {
    audit?.close();
    await registry.close();
  }
}

async function sayReady(
  context: CommandContext,
  { url, isTokenRequired }: RunningRegistryServer,
  { audit, ...served }: Pick<ServerFacts, 'registry' | 'isNew'> & { audit: AuditLog | undefined },
): Promise<void> {
  const facts = { url, ...served, isTokenRequired, auditFolder: audit?.folder ?? null };
  if (context.settings.json) writeEvent(context, { event: 'ready', ...facts });
  context.print(formatServer(facts, context.style));
  await audit?.append(commandEvent(context, { action: 'server start', target: { url } }));
}

/** What failed is loaded how to describe when something does. */
async function tellFailure({ terminal }: CommandContext, error: unknown): Promise<void> {
  const { describeError } = await import('../failures.ts');
  terminal.writeNote(`error: ${describeError(error)}\n`);
}

function openServerAudit(place: ServerPlace, { auditSync }: ServerOptions): AuditLog {
  const sync = { line: 'every_line', second: 'every_second', never: 'never' } as const;
  return openAuditLog(place.auditFolder, { sync: sync[auditSync] });
}

/** A server that others reach, and that never had a token, makes one: nobody could use it otherwise. */
async function ensureFirstToken(
  context: CommandContext,
  tokens: TokenStore,
  audit: AuditLog | undefined,
): Promise<void> {
  if (tokens.list().length > 0) return;
  const issued = tokens.create({ name: 'first', scope: 'admin' });
  showToken(context, issued);
  const { id, name, scope } = issued.token;
  const target = { id, name, scope };
  await audit?.append(commandEvent(context, { action: 'tokens create', target }));
}

/** Also under --quiet: there is no other time to see it. */
function showToken({ terminal, settings, style }: CommandContext, issued: IssuedToken): void {
  const { token, text } = issued;
  if (settings.json) {
    const { id, scope } = token;
    terminal.writeOutput(`${JSON.stringify({ event: 'token', id, scope, token: text })}\n`);
  } else terminal.writeOutput(formatFirstToken(text, style));
}

/** One line, as it is: what serves for hours cannot print one document at its end. */
function writeEvent({ terminal }: CommandContext, event: object): void {
  terminal.writeOutput(`${JSON.stringify(event)}\n`);
}

function isMissingFile(registryUri: string): boolean {
  const path = /^sqlite:\/\/\/(.+)$/i.exec(registryUri)?.[1];
  return path !== undefined && !existsSync(path);
}

async function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
}
