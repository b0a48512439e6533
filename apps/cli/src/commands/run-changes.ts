import type { Run } from '@gnu-mlops/registry-client';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { collectPages } from '../collect-pages.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { isInterrupted } from '../interrupted-runs.ts';
import { keyValues } from '../key-values.ts';
import { formatRunList } from '../render/runs.ts';
import { type Workspace, withRegistry } from '../with-registry.ts';

interface EndOptions {
  readonly status: 'FINISHED' | 'FAILED' | 'KILLED';
  readonly interrupted?: true;
  readonly experiment?: string;
}

/** `runs end|rename|delete|restore|tag|untag` */
export function defineRunChanges(runs: Command, run: RunCommand): void {
  runs
    .command('end [run-id...]')
    .description('close runs that are on record as running, such as those of a killed process')
    .addOption(
      new Option('--status <status>', 'how they ended')
        .choices(['FINISHED', 'FAILED', 'KILLED'])
        .default('KILLED'),
    )
    .option('--interrupted', 'every run of the experiment whose process has ended, on this machine')
    .option('--experiment <name>', 'experiment of --interrupted (default: the configured one)')
    .addHelpText(
      'after',
      helpExamples('runs end 3f2a... --status FAILED', 'runs end --interrupted'),
    )
    .action(
      run<EndOptions>((context, options, [runIds]) =>
        withRegistry(context, async (workspace) => {
          const ids = runIds as readonly string[];
          if (ids.length > 0 === (options.interrupted === true)) {
            throw new InvalidArgumentError('Name runs, or give --interrupted.');
          }
          const found = await (options.interrupted
            ? findInterrupted(workspace, options)
            : readRuns(workspace, ids));
          const open = found.filter(({ status }) => status === 'RUNNING' || status === 'SCHEDULED');
          for (const { runId } of open) {
            const end = { status: options.status, endTime: context.terminal.now() };
            await workspace.registry.updateRun(runId, end);
          }
          const ended = await readRuns(
            workspace,
            open.map(({ runId }) => runId),
          );
          const others = found.length - open.length;
          if (others > 0) context.note(`${others} of them had ended already.`);
          const nothing = 'No run to end.\n';
          const text = ended.length === 0 ? nothing : formatRunList('', ended, context.style);
          return { json: { ended }, text };
        }),
      ),
    );

  define(runs.command('rename <run-id> <name>'), {
    description: 'give a run another name',
    examples: ['runs rename 3f2a... baseline'],
  }).action(
    run((context, _options, [runId, runName]) =>
      change(context, [runId as string], ({ registry }, id) =>
        registry.updateRun(id, { runName: runName as string }),
      ),
    ),
  );

  define(runs.command('delete <run-id...>'), {
    description: 'mark runs as deleted; `restore` brings them back, `registry gc` removes them',
    examples: ['runs delete 3f2a... 91bc...'],
  }).action(
    run((context, _options, [runIds]) =>
      change(context, runIds as readonly string[], ({ registry }, id) => registry.deleteRun(id)),
    ),
  );

  define(runs.command('restore <run-id...>'), {
    description: 'bring back what `delete` marked',
    examples: ['runs restore 3f2a...'],
  }).action(
    run((context, _options, [runIds]) =>
      change(context, runIds as readonly string[], ({ registry }, id) => registry.restoreRun(id)),
    ),
  );

  define(runs.command('tag <run-id> <key=value...>'), {
    description: 'write tags',
    examples: ['runs tag 3f2a... team=crm reviewed=yes'],
  }).action(
    run((context, _options, [runId, texts]) => {
      const tags = Object.fromEntries(keyValues(texts as readonly string[]));
      return change(context, [runId as string], ({ registry }, id) =>
        registry.logBatch(id, { tags }),
      );
    }),
  );

  define(runs.command('untag <run-id> <key...>'), {
    description: 'remove tags',
    examples: ['runs untag 3f2a... reviewed'],
  }).action(
    run((context, _options, [runId, keys]) =>
      change(context, [runId as string], async ({ registry }, id) => {
        for (const key of keys as readonly string[]) await registry.deleteRunTag(id, key);
      }),
    ),
  );
}

function define(
  command: Command,
  { description, examples }: { readonly description: string; readonly examples: string[] },
): Command {
  return command.description(description).addHelpText('after', helpExamples(...examples));
}

/** Do something to runs, and show how they are then. */
function change(
  context: CommandContext,
  runIds: readonly string[],
  work: (workspace: Workspace, runId: string) => Promise<void>,
): Promise<CommandResult> {
  return withRegistry(context, async (workspace) => {
    // All must be there before anything is done to one.
    await readRuns(workspace, runIds);
    for (const runId of runIds) await work(workspace, runId);
    const runs = await readRuns(workspace, runIds);
    return { json: { runs }, text: formatRunList('', runs, context.style) };
  });
}

function readRuns({ registry }: Workspace, runIds: readonly string[]): Promise<Run[]> {
  return Promise.all(runIds.map((runId) => registry.getRun(runId)));
}

async function findInterrupted(
  { registry, config }: Workspace,
  options: EndOptions,
): Promise<readonly Run[]> {
  const name = options.experiment ?? config.mlflow.gnu_mlflow_config;
  const experiment = await registry.findExperiment(name);
  if (experiment === undefined) return [];
  const running = await collectPages((page) =>
    registry.searchRuns({
      ...page,
      experimentIds: [experiment.experimentId],
      filter: "attributes.status = 'RUNNING'",
    }),
  );
  return running.filter(isInterrupted);
}
