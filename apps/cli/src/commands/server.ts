import { loadServerConfig, runServer } from '@gnu-mlops/app-runtime/server';
import type { IssuedToken } from '@gnu-mlops/registry-server';
import { type Command, Option } from 'commander';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { wholeNumber } from '../option-parsers.ts';
import { formatFirstToken, formatServer } from '../render/server.ts';
import { type ServerOptions, serverOverrides } from '../server/server-overrides.ts';
import { registryOption, stateOption } from '../server/server-place.ts';
import { defineServerTokens } from './server-tokens.ts';

/** `server`, and `server tokens` below it */
export function defineServer(program: Command, run: RunCommand): void {
  const server = program
    .command('server')
    .description("serve a registry over MLflow's REST API")
    // An option after `tokens` belongs to `tokens`.
    .enablePositionalOptions()
    .addOption(registryOption)
    .option('--host <address>', 'listen here; any but loopback takes tokens (default: 127.0.0.1)')
    .option('-p, --port <number>', 'listen here; 0: any free port (default: 5000)', wholeNumber(0))
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
    .addOption(
      new Option('--audit <what>', 'what goes to the audit log (default: writes)').choices([
        ...['writes', 'all', 'off'],
      ]),
    )
    .addOption(
      new Option('--audit-sync <when>', 'when its lines go to disk (default: second)').choices([
        ...['second', 'line', 'never'],
      ]),
    )
    .option(
      '--rate-limit <number>',
      'requests a second for each token; 0: any (default: 500)',
      wholeNumber(0),
    )
    .option('--max-upload <megabytes>', 'the largest artifact (default: any)', wholeNumber(1))
    .addHelpText(
      'after',
      `\nWhat no option says, the section "server" of the configuration does.\n${helpExamples(
        'server',
        'server --registry sqlite:///mlflow.db --port 8080',
        'server --host 0.0.0.0 --cert cert.pem --key key.pem --allowed-hosts mlops.example.org',
        'server tokens create --name training --scope write --expires 90d',
      )}`,
    )
    .action(run<ServerOptions>(serve));
  defineServerTokens(server, run);
}

/** Serve until the person or the system ends it. */
async function serve(context: CommandContext, options: ServerOptions): Promise<CommandResult> {
  const { terminal, settings, style } = context;
  const { cwd, env } = terminal;
  const config = await loadServerConfig({ cwd, env, path: settings.config });
  const url = await runServer({ config, overrides: serverOverrides(options) }, terminal, {
    onFirstToken: (issued) => showToken(context, issued),
    onReady(facts) {
      if (settings.json) writeEvent(context, { event: 'ready', ...facts });
      context.print(formatServer(facts, style));
    },
    onStopping: () => context.note('Stopping: requests that came are finished.'),
    onFailure: (error) => void tellFailure(context, error),
  });
  const text = settings.quiet ? '' : 'Stopped.\n';
  return { json: { event: 'stopped', url }, isEvent: true, text };
}

/** What failed is loaded how to describe when something does. */
async function tellFailure({ terminal }: CommandContext, error: unknown): Promise<void> {
  const { describeError } = await import('../failures.ts');
  terminal.writeNote(`error: ${describeError(error)}\n`);
}

/** Also under --quiet: there is no other time to see it. */
function showToken(context: CommandContext, { token, text }: IssuedToken): void {
  const { terminal, settings, style } = context;
  if (!settings.json) return terminal.writeOutput(formatFirstToken(text, style));
  const { id, scope } = token;
  writeEvent(context, { event: 'token', id, scope, token: text });
}

/** One line, as it is: what serves for hours cannot print one document at its end. */
function writeEvent({ terminal }: CommandContext, event: object): void {
  terminal.writeOutput(`${JSON.stringify(event)}\n`);
}
