import {
  copyExperiment,
  exportExperiment,
  importExperiment,
} from '@gnu-mlops/registry-client/transfer';
import type { Command } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { resolvePath } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { formatCopiedExperiment, formatExport } from '../render/transfers.ts';
import { transferContext } from '../transfer-context.ts';
import { withRegistry } from '../with-registry.ts';
import { type RouteOptions, routeHelp, routeOptions, withRoute } from '../with-route.ts';

interface CopyOptions extends RouteOptions {
  readonly as?: string;
}

/** `experiments copy|export|import` */
export function defineExperimentTransfers(experiments: Command, run: RunCommand): void {
  routeOptions(experiments.command('copy <name>'))
    .description('copy it with all its runs to another registry, or bring the copy up to date')
    .option('--as <name>', 'what the copy is called (default: the same)')
    .addHelpText(
      'after',
      helpExamples(
        'experiments copy churn --to https://mlflow.example.org',
        'experiments copy churn --from sqlite:///old/mlflow.db --as churn-old',
      ) + routeHelp,
    )
    .action(
      run<CopyOptions>((context, options, [name]) =>
        withRoute(context, { ...options, ends: ends(options) }, async (route) => {
          const request = { name: name as string, ...newName(options) };
          const copied = await copyExperiment(route, request, transferContext(context));
          return { json: copied, text: formatCopiedExperiment(copied, context.style) };
        }),
      ),
    );

  experiments
    .command('export <name> <folder>')
    .description('write it with all its runs to a new folder')
    .addHelpText('after', helpExamples('experiments export churn backup/churn'))
    .action(
      run((context, _options, [name, folder]) =>
        withRegistry(context, async ({ registry }) => {
          const { cwd, now } = context.terminal;
          const request = { name: name as string, folder: resolvePath(cwd, folder as string), now };
          const manifest = await exportExperiment(registry, request, transferContext(context));
          return {
            json: { folder: request.folder, ...manifest },
            text: formatExport(folder as string, manifest, context.style),
          };
        }),
      ),
    );

  experiments
    .command('import <folder>')
    .description('bring an exported experiment into the registry; again changes nothing')
    .option('--as <name>', 'what it is called (default: as where it was exported)')
    .addHelpText('after', helpExamples('experiments import backup/churn --as churn-restored'))
    .action(
      run<CopyOptions>((context, options, [folder]) =>
        withRegistry(context, async ({ registry }) => {
          const path = resolvePath(context.terminal.cwd, folder as string);
          const request = { folder: path, ...newName(options) };
          const imported = await importExperiment(registry, request, transferContext(context));
          return { json: imported, text: formatCopiedExperiment(imported, context.style) };
        }),
      ),
    );
}

function newName({ as: name }: CopyOptions): { readonly newName?: string } {
  return name === undefined ? {} : { newName: name };
}

/** Under another name, a copy may stay within one registry. */
function ends({ as: name }: CopyOptions): 'one' | 'two' {
  return name === undefined ? 'two' : 'one';
}
