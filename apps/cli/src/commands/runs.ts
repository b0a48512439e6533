import type { Run } from '@gnu-mlops/registry-client';
import type { Command } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { isInterrupted } from '../interrupted-runs.ts';
import { wholeNumber } from '../option-parsers.ts';
import { formatRun, formatRunComparison, formatRunList } from '../render/runs.ts';
import { withRegistry } from '../with-registry.ts';
import { defineRunChanges } from './run-changes.ts';
import { defineRunTransfers } from './run-transfers.ts';

interface ListOptions {
  readonly filter?: string;
  readonly orderBy?: string[];
  readonly limit: number;
  readonly experiment?: string;
  readonly deleted?: true;
}

/** `runs list|show|compare`, and what changes and moves runs */
export function defineRuns(program: Command, run: RunCommand): void {
  const runs = program.command('runs').description('what was trained, with which figures');

  runs
    .command('list')
    .description('the newest runs of the experiment')
    .option('--experiment <name>', 'experiment (default: the configured one)')
    .option('--deleted', 'the deleted ones')
    .option('--filter <text>', "MLflow's search grammar")
    .option('--order-by <key...>', 'such as "metrics.f1 DESC"')
    .option('--limit <count>', 'how many at most', wholeNumber(1), 20)
    .addHelpText(
      'after',
      helpExamples(
        'runs list',
        `runs list --filter "metrics.roc_auc > 0.8" --order-by "metrics.f1 DESC"`,
      ),
    )
    .action(
      run<ListOptions>(async (context, options) =>
        withRegistry(context, async ({ registry, config }) => {
          const name = options.experiment ?? config.mlflow.gnu_mlflow_config;
          const experiment = await registry.findExperiment(name);
          const page =
            experiment === undefined
              ? { items: [] }
              : await registry.searchRuns({
                  experimentIds: [experiment.experimentId],
                  maxResults: options.limit,
                  view: options.deleted ? 'deleted' : 'active',
                  ...(options.filter === undefined ? {} : { filter: options.filter }),
                  ...(options.orderBy === undefined ? {} : { orderBy: options.orderBy }),
                });
          return {
            json: { experiment: name, runs: page.items.map(withInterruption) },
            text: formatRunList(name, page.items, context.style),
          };
        }),
      ),
    );

  runs
    .command('show <run-id>')
    .description('one run: parameters, metrics, data, artifacts')
    .addHelpText('after', helpExamples('runs show 3f2a...', 'runs show 3f2a... --json'))
    .action(
      run(async (context, _options, [runId]) =>
        withRegistry(context, async ({ registry }) => {
          const found = await registry.getRun(runId as string);
          const artifacts = await registry.listArtifacts(found.runId);
          return {
            json: { run: withInterruption(found), artifacts },
            text: formatRun(found, artifacts, context.style),
          };
        }),
      ),
    );

  runs
    .command('compare <run-id...>')
    .description('runs side by side: what differs in parameters, and every metric')
    .addHelpText('after', helpExamples('runs compare 3f2a... 91bc...'))
    .action(
      run(async (context, _options, [runIds]) =>
        withRegistry(context, async ({ registry }) => {
          const found = await Promise.all(
            (runIds as readonly string[]).map((id) => registry.getRun(id)),
          );
          return {
            json: { runs: found },
            text: formatRunComparison(found, context.style),
          };
        }),
      ),
    );

  defineRunChanges(runs, run);
  defineRunTransfers(runs, run);
}

/** A run that is on record as running, while its process has ended, is marked. */
function withInterruption(run: Run): Run & { readonly isInterrupted?: true } {
  return isInterrupted(run) ? { ...run, isInterrupted: true } : run;
}
