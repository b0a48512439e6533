import { type ServerPlace, auditCommand } from '@gnu-mlops/app-runtime/server';
import { type Scope, type TokenStore, openTokenStore, SCOPES } from '@gnu-mlops/registry-server';
import { type Command, Option } from 'commander';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { formatIssued, formatTokens, plainToken } from '../render/server-tokens.ts';
import { durationMs } from '../server/duration.ts';
import {
  type PlaceOptions,
  findServerPlace,
  registryOption,
  stateOption,
} from '../server/server-place.ts';

interface CreateOptions extends PlaceOptions {
  readonly name: string;
  readonly scope: Scope;
  readonly expires?: number;
}

interface RotateOptions extends PlaceOptions {
  readonly grace?: number;
}

/** `server tokens create|list|revoke|rotate` */
export function defineServerTokens(server: Command, run: RunCommand): void {
  const tokens = server.command('tokens').description('who may use a server that others reach');

  about(tokens.command('create'), 'a new token, which is shown once')
    .requiredOption('--name <text>', 'whose it is, or what for')
    .addOption(
      new Option('--scope <scope>', 'read; write: also log, register and move; admin: also delete')
        .choices(SCOPES)
        .default('write'),
    )
    .option(
      '--expires <time>',
      'how long it is valid: 90d, 12h (default: until revoked)',
      durationMs,
    )
    .addHelpText(
      'after',
      helpExamples('server tokens create --name training --scope write --expires 90d'),
    )
    .action(
      run<CreateOptions>((context, options) =>
        withTokens(context, options, async (store, { auditFolder }) => {
          const { name, scope, expires } = options;
          const lifetime = expires === undefined ? {} : { lifetimeMs: expires };
          const issued = store.create({ name, scope, ...lifetime });
          const target = { id: issued.token.id, name, scope };
          await auditCommand(auditFolder, context.terminal, { action: 'tokens create', target });
          return {
            json: { ...plainToken(issued.token, context.terminal.now()), token: issued.text },
            text: formatIssued(issued, context.style),
          };
        }),
      ),
    );

  about(tokens.command('list'), 'every token, also those that ended')
    .addHelpText('after', helpExamples('server tokens list', 'server tokens list --json'))
    .action(
      run<PlaceOptions>((context, options) =>
        withTokens(context, options, async (store) => {
          const now = context.terminal.now();
          const found = store.list();
          return {
            json: { tokens: found.map((token) => plainToken(token, now)) },
            text: formatTokens(found, now, context.style),
          };
        }),
      ),
    );

  about(tokens.command('revoke <id>'), 'end a token at once')
    .addHelpText('after', helpExamples('server tokens revoke 0f4be21c97aa'))
    .action(
      run<PlaceOptions>((context, options, [id]) =>
        withTokens(context, options, async (store, { auditFolder }) => {
          const token = store.revoke(id as string);
          const target = { id: token.id, name: token.name };
          await auditCommand(auditFolder, context.terminal, { action: 'tokens revoke', target });
          return {
            json: plainToken(token, context.terminal.now()),
            text: `Token ${token.id} (${token.name}) is no longer valid.\n`,
          };
        }),
      ),
    );

  about(tokens.command('rotate <id>'), 'a new token in place of an old one')
    .option(
      '--grace <time>',
      'how long the old one stays valid beside it (default: not)',
      durationMs,
    )
    .addHelpText('after', helpExamples('server tokens rotate 0f4be21c97aa --grace 1h'))
    .action(
      run<RotateOptions>((context, options, [id]) =>
        withTokens(context, options, async (store, { auditFolder }) => {
          const graceMs = options.grace ?? 0;
          const issued = store.rotate(id as string, { graceMs });
          const target = { id: issued.token.id, name: issued.token.name, replaces: id as string };
          await auditCommand(auditFolder, context.terminal, { action: 'tokens rotate', target });
          return {
            json: { ...plainToken(issued.token, context.terminal.now()), token: issued.text },
            text: formatIssued(issued, context.style),
          };
        }),
      ),
    );
}

function about(command: Command, description: string): Command {
  return command.description(description).addOption(registryOption).addOption(stateOption);
}

async function withTokens(
  context: CommandContext,
  options: PlaceOptions,
  work: (store: TokenStore, place: ServerPlace) => Promise<CommandResult>,
): Promise<CommandResult> {
  const place = await findServerPlace(context, options);
  return work(openTokenStore(place.tokensPath, { now: context.terminal.now }), place);
}
