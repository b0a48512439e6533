import type { Experiment } from '@gnu-mlops/registry-client';
import type { Command } from 'commander';
import { collectPages } from '../collect-pages.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { findExperiment } from '../find-experiment.ts';
import { helpExamples } from '../help-examples.ts';
import { keyValues } from '../key-values.ts';
import { formatExperiment, formatExperimentList } from '../render/experiments.ts';
import { type Workspace, withRegistry } from '../with-registry.ts';
import { defineExperimentTransfers } from './experiment-transfers.ts';

interface ListOptions {
  readonly filter?: string;
  readonly deleted?: true;
}

/** `experiments list|show|create|rename|delete|restore|tag|untag|copy|export|import` */
export function defineExperiments(program: Command, run: RunCommand): void {
  const experiments = program.command('experiments').description('what runs are grouped by');
  const described = (name: string, description: string, ...examples: string[]) =>
    experiments
      .command(name)
      .description(description)
      .addHelpText('after', helpExamples(...examples.map((example) => `experiments ${example}`)));

  described('list', 'every experiment', 'list', `list --filter "name LIKE 'churn%'"`)
    .option('--filter <text>', "MLflow's search grammar")
    .option('--deleted', 'the deleted ones')
    .action(
      run<ListOptions>((context, { filter, deleted }) =>
        withRegistry(context, async ({ registry }) => {
          const found = await collectPages((page) =>
            registry.searchExperiments({
              ...page,
              ...(filter === undefined ? {} : { filter }),
              view: deleted ? 'deleted' : 'active',
            }),
          );
          return { json: { experiments: found }, text: formatExperimentList(found, context.style) };
        }),
      ),
    );

  described('show <name>', 'one experiment, by its name or id', 'show churn').action(
    run((context, _options, [name]) => change(context, name, async () => {})),
  );

  described('create <name>', 'a new experiment', 'create churn').action(
    run((context, _options, [name]) =>
      withRegistry(context, async ({ registry }) => {
        const experiment = await registry.createExperiment(name as string);
        return { json: { experiment }, text: formatExperiment(experiment, context.style) };
      }),
    ),
  );

  described('rename <name> <new-name>', 'give it another name', 'rename churn churn-2025').action(
    run((context, _options, [name, newName]) =>
      change(context, name, ({ registry }, { experimentId }) =>
        registry.updateExperiment(experimentId, { name: newName as string }),
      ),
    ),
  );

  described(
    'delete <name>',
    'mark it and its runs as deleted; `restore` brings them back, `registry gc` removes them',
    'delete churn-2025',
  ).action(
    run((context, _options, [name]) =>
      change(context, name, ({ registry }, { experimentId }) =>
        registry.deleteExperiment(experimentId),
      ),
    ),
  );

  described('restore <name>', 'bring back what `delete` marked', 'restore churn-2025').action(
    run((context, _options, [name]) =>
      change(context, name, ({ registry }, { experimentId }) =>
        registry.restoreExperiment(experimentId),
      ),
    ),
  );

  described('tag <name> <key=value...>', 'write tags', 'tag churn team=crm').action(
    run((context, _options, [name, texts]) => {
      const tags = keyValues(texts as readonly string[]);
      return change(context, name, async ({ registry }, { experimentId }) => {
        for (const [key, value] of tags) await registry.setExperimentTag(experimentId, key, value);
      });
    }),
  );

  described('untag <name> <key...>', 'remove tags', 'untag churn team').action(
    run((context, _options, [name, keys]) =>
      change(context, name, async ({ registry }, { experimentId }) => {
        for (const key of keys as readonly string[]) {
          await registry.deleteExperimentTag(experimentId, key);
        }
      }),
    ),
  );

  defineExperimentTransfers(experiments, run);
}

/** Do something to an experiment, and show how it is then. */
function change(
  context: CommandContext,
  name: string | readonly string[] | undefined,
  work: (workspace: Workspace, experiment: Experiment) => Promise<unknown>,
): Promise<CommandResult> {
  return withRegistry(context, async (workspace) => {
    const found = await findExperiment(workspace.registry, name as string);
    await work(workspace, found);
    const experiment = await workspace.registry.getExperiment(found.experimentId);
    return { json: { experiment }, text: formatExperiment(experiment, context.style) };
  });
}
