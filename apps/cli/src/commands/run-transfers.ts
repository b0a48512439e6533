import { type CopiedRun, copyRun, syncOfflineRuns } from '@gnu-mlops/registry-client/transfer';
import type { Command } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { resolvePath } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { formatCopiedRuns, formatSyncedRuns } from '../render/transfers.ts';
import { transferContext } from '../transfer-context.ts';
import { withRegistry } from '../with-registry.ts';
import { type RouteOptions, routeHelp, routeOptions, withRoute } from '../with-route.ts';

interface CopyOptions extends RouteOptions {
  readonly experiment?: string;
}

interface SyncOptions {
  readonly remove?: true;
}

/** `runs copy|sync` */
export function defineRunTransfers(runs: Command, run: RunCommand): void {
  routeOptions(runs.command('copy <run-id...>'))
    .description('copy runs whole to another registry, or bring the copies up to date')
    .option('--experiment <name>', 'where the copies go (default: the experiment of the same name)')
    .addHelpText(
      'after',
      helpExamples(
        'runs copy 3f2a... --to https://mlflow.example.org',
        'runs copy 3f2a... --from sqlite:///laptop/mlflow.db --experiment churn',
      ) + routeHelp,
    )
    .action(
      run<CopyOptions>((context, options, [runIds]) =>
        withRoute(context, { ...options, ends: endsOf(options) }, async (route) => {
          const { experiment: experimentName } = options;
          const ids = runIds as readonly string[];
          const copied: CopiedRun[] = [];
          for (const runId of ids) {
            const progress = { stage: 'copy runs', done: copied.length, total: ids.length };
            context.onProgress({ ...progress, detail: runId });
            const request = { runId, ...(experimentName === undefined ? {} : { experimentName }) };
            copied.push(await copyRun(route, request, transferContext(context)));
          }
          return { json: { runs: copied }, text: formatCopiedRuns(copied, context.style) };
        }),
      ),
    );

  runs
    .command('sync <folder...>')
    .description('send runs that were logged offline to the registry; again sends what is new')
    .option('--remove', 'remove the folders of runs that have ended, once they are sent')
    .addHelpText('after', helpExamples('runs sync offline', 'runs sync offline --remove --json'))
    .action(
      run<SyncOptions>((context, { remove }, [folders]) =>
        withRegistry(context, async ({ registry }) => {
          const { cwd } = context.terminal;
          const request = {
            folders: (folders as readonly string[]).map((folder) => resolvePath(cwd, folder)),
            afterSync: remove ? ('remove' as const) : ('keep' as const),
          };
          const synced = await syncOfflineRuns(registry, request, transferContext(context));
          return { json: { runs: synced }, text: formatSyncedRuns(synced, context.style) };
        }),
      ),
    );
}

/** Into another experiment, a copy may stay within one registry. */
function endsOf({ experiment }: CopyOptions): 'one' | 'two' {
  return experiment === undefined ? 'two' : 'one';
}
