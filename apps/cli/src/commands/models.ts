import { RegisteredModelNotFoundError } from '@gnu-mlops/registry-client';
import type { Command } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { formatModel, formatModelList } from '../render/models.ts';
import { withRegistry } from '../with-registry.ts';
import { collectPages } from '../collect-pages.ts';

/** `models list|show` */
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
          const model = await registry.findRegisteredModel(modelName);
          if (model === undefined) throw new RegisteredModelNotFoundError(modelName);
          const versions = await collectPages((page) =>
            registry.searchModelVersions({ ...page, filter: nameFilter(modelName) }),
          );
          return {
            json: { model, versions },
            text: formatModel(model, versions, context.style),
          };
        }),
      ),
    );
}

/** The name quoted for MLflow's filter grammar, which knows no escapes but the other quote. */
function nameFilter(name: string): string {
  return name.includes("'") ? `name = "${name}"` : `name = '${name}'`;
}
