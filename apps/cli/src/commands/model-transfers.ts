import { copyModel, exportModel, importModel } from '@gnu-mlops/registry-client/transfer';
import type { Command } from 'commander';
import type { CommandContext, RunCommand } from '../command-context.ts';
import { resolvePath } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { formatCopiedModel, formatExport } from '../render/transfers.ts';
import { transferContext } from '../transfer-context.ts';
import { withRegistry } from '../with-registry.ts';
import { type RouteOptions, routeHelp, routeOptions, withRoute } from '../with-route.ts';

interface CopyOptions extends RouteOptions {
  readonly as?: string;
  readonly experiment?: string;
}

const experimentOption = [
  '--experiment <name>',
  'where copies of the runs go (default: experiments of the same names)',
] as const;

/** `models copy|export|import` */
export function defineModelTransfers(models: Command, run: RunCommand): void {
  routeOptions(models.command('copy <name>'))
    .description(
      'copy a model to another registry: versions with their runs, stages, aliases, ledger',
    )
    .option('--as <name>', 'what the copy is called (default: the same)')
    .option(...experimentOption)
    .addHelpText(
      'after',
      helpExamples(
        'models copy churn --to https://mlflow.example.org',
        'models copy churn --from sqlite:///laptop/mlflow.db',
      ) + routeHelp,
    )
    .action(
      run<CopyOptions>((context, options, [name]) =>
        withRoute(context, { ...options, ends: endsOf(options) }, async (route) => {
          const request = { name: name as string, ...details(context, options) };
          const copied = await copyModel(route, request, transferContext(context));
          return { json: copied, text: formatCopiedModel(copied, context.style) };
        }),
      ),
    );

  models
    .command('export <name> <folder>')
    .description('write a model with its versions, their runs and its ledger to a new folder')
    .addHelpText('after', helpExamples('models export churn backup/churn'))
    .action(
      run((context, _options, [name, folder]) =>
        withRegistry(context, async ({ registry }) => {
          const { cwd, now } = context.terminal;
          const request = { name: name as string, folder: resolvePath(cwd, folder as string), now };
          const manifest = await exportModel(registry, request, transferContext(context));
          return {
            json: { folder: request.folder, ...manifest },
            text: formatExport(folder as string, manifest, context.style),
          };
        }),
      ),
    );

  models
    .command('import <folder>')
    .description('bring an exported model into the registry; again changes nothing')
    .option('--as <name>', 'what it is called (default: as where it was exported)')
    .option(...experimentOption)
    .addHelpText('after', helpExamples('models import backup/churn'))
    .action(
      run<CopyOptions>((context, options, [folder]) =>
        withRegistry(context, async ({ registry }) => {
          const path = resolvePath(context.terminal.cwd, folder as string);
          const request = { folder: path, ...details(context, options) };
          const imported = await importModel(registry, request, transferContext(context));
          return { json: imported, text: formatCopiedModel(imported, context.style) };
        }),
      ),
    );
}

/** Under another name, a copy may stay within one registry. */
function endsOf({ as: name }: CopyOptions): 'one' | 'two' {
  return name === undefined ? 'two' : 'one';
}

function details({ terminal }: CommandContext, { as: newName, experiment }: CopyOptions) {
  return {
    ...(newName === undefined ? {} : { newName }),
    ...(experiment === undefined ? {} : { experimentName: experiment }),
    actor: terminal.userId,
    now: terminal.now,
  };
}
