import { type QuickstartRequest, quickstartSettings, threadSettings } from '@gnu-mlops/app-runtime';
import { runQuickstart } from '@gnu-mlops/pipeline';
import { type Command, Option } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { resolvePath } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { ownerTags } from '../interrupted-runs.ts';
import { wholeNumber } from '../option-parsers.ts';
import { createQuickstartReporter } from '../render/quickstart.ts';
import { cliVersion } from '../version.ts';
import { withRegistry } from '../with-registry.ts';

interface QuickstartOptions {
  readonly data?: string;
  readonly target?: string;
  readonly kind: 'churn' | 'classification' | 'regression';
  readonly rows: number;
  readonly seed: number;
  readonly model?: string;
  readonly folder?: string;
}

/** `quickstart` */
export function defineQuickstart(program: Command, run: RunCommand): void {
  program
    .command('quickstart')
    .description('from a table to a model in production, in one go')
    .option('--data <file>', 'your own CSV file (needs --target)')
    .option('--target <column>', 'the column to predict in --data')
    .addOption(
      new Option('--kind <kind>', 'which sample table to make when there is no --data')
        .choices(['churn', 'classification', 'regression'])
        .default('churn')
        .conflicts('data'),
    )
    .option('--rows <count>', 'rows of the sample table', wholeNumber(50), 2000)
    .option('--seed <number>', 'seed of the sample table', wholeNumber(0), 42)
    .option('--model <name>', 'name of the experiment and the registered model')
    .option('--folder <folder>', 'where everything is made (default: the working folder)')
    .addHelpText(
      'after',
      helpExamples(
        'quickstart',
        'quickstart --kind regression --rows 5000',
        'quickstart --data customers.csv --target churned --json',
      ),
    )
    .action(
      run<QuickstartOptions>((context, options) => {
        const cwd = resolvePath(context.terminal.cwd, options.folder ?? '.');
        const terminal = { ...context.terminal, cwd };
        return withRegistry({ ...context, terminal }, async ({ registry, config }) => {
          const settings = quickstartSettings(config, {
            cwd,
            ...requestOf(context.terminal.cwd, options),
          });
          const reporter = createQuickstartReporter(
            { ...context, terminal },
            {
              ...settings,
              startedIn: context.terminal.cwd,
            },
          );
          const result = await runQuickstart(
            {
              ...settings,
              registry,
              actor: terminal.userId,
              userId: terminal.userId,
              tags: ownerTags(),
              versions: { '@gnu-mlops/cli': cliVersion },
              now: terminal.now,
            },
            { ...threadSettings(config), onEvent: reporter.listener, signal: terminal.signal },
          );
          const isRefused = [result.staging, result.production].some(
            ({ status }) => status === 'refused',
          );
          return { json: result, text: reporter.summary(result), exitCode: isRefused ? 4 : 0 };
        });
      }),
    );
}

function requestOf(
  cwd: string,
  { data, target, kind, rows, seed, model }: QuickstartOptions,
): Omit<QuickstartRequest, 'cwd'> {
  const names = model === undefined ? {} : { name: model };
  if (data === undefined) return { ...names, sample: { kind, rows, seed } };
  return {
    ...names,
    own: { path: resolvePath(cwd, data), ...(target === undefined ? {} : { target }) },
  };
}
