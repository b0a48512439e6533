import type { Command } from 'commander';
import { collectPages } from '../collect-pages.ts';
import type { RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { readModel } from '../read-model.ts';
import { formatModel, formatModelList } from '../render/models.ts';
import { withRegistry } from '../with-registry.ts';
import { defineModelChanges } from './model-changes.ts';
import { defineModelTransfers } from './model-transfers.ts';

/** `models list|show`, and what changes and moves models */
export function defineModels(program: Command, run: RunCommand): void {
  const models = program.command('models').description('registered models and their versions');

  models
    .command('list')
    .description('every registered model, with the versions that are deployed')
    .addHelpText('after', helpExamples('models list', 'models list --json'))
    .action(
      run(async (context) =>
        withRegistry(context, async ({ registry }) => {
          const found = await collectPages((page) => registry.searchRegisteredModels(page));
          return {
            json: { models: found },
            text: formatModelList(found, context.style),
          };
        }),
      ),
    );

  models
    .command('show [name]')
    .description('one model and all its versions (default: the configured model)')
    .addHelpText('after', helpExamples('models show', 'models show churn-model --json'))
    .action(
      run(async (context, _options, [name]) =>
        withRegistry(context, async ({ registry, config }) => {
          const modelName = (name as string | undefined) ?? config.mlflow.model_name;
          const { model, versions } = await readModel(registry, modelName);
          return {
            json: { model, versions },
            text: formatModel(model, versions, context.style),
          };
        }),
      ),
    );

  defineModelChanges(models, run);
  defineModelTransfers(models, run);
}
