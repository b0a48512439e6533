import { threadSettings, tuningSettings, withDatabricksProfile } from '@gnu-mlops/app-runtime';
import { ALGORITHM_NAMES } from '@gnu-mlops/core/config';
import { type RegisteredTuning, tuneAndRegister } from '@gnu-mlops/pipeline';
import { type Command, Option } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { ownerTags } from '../interrupted-runs.ts';
import { jobCount, namedValue, wholeNumber } from '../option-parsers.ts';
import { shellWord } from '../render/shell-word.ts';
import { formatTuning } from '../render/tuning.ts';
import { cliVersion } from '../version.ts';
import { warnOfFallback } from '../warn-of-fallback.ts';
import { withRegistry } from '../with-registry.ts';

interface TuneOptions {
  readonly data?: string;
  readonly target?: string;
  readonly algorithm?: string;
  readonly param?: Readonly<Record<string, unknown>>;
  readonly trials?: number;
  readonly sampler?: 'tpe' | 'random' | 'grid';
  readonly metric?: string;
  readonly pruner?: 'median' | 'none';
  readonly concurrency?: number;
  readonly resume?: string;
  readonly register: boolean;
  readonly jobs?: number;
  readonly runName?: string;
  readonly description?: string;
}

/** `tune` */
export function defineTune(program: Command, run: RunCommand): void {
  program
    .command('tune')
    .description('search hyperparameters, train with the best, register a version')
    .option(
      '--data <table>',
      'a file, s3://..., dbfs:/... or databricks:catalog.schema.table (default: as data says)',
    )
    .option('--target <column>', 'column to predict (default: data.target)')
    .addOption(
      new Option('--algorithm <name>', 'default: model.algorithm').choices([...ALGORITHM_NAMES]),
    )
    .option('-p, --param <name=value>', 'a fixed hyperparameter; may be repeated', namedValue)
    .option('--trials <count>', 'trials in all (default: tuning.trials)', wholeNumber(1))
    .addOption(
      new Option('--sampler <name>', 'default: tuning.sampler').choices(['tpe', 'random', 'grid']),
    )
    .option('--metric <name>', 'what to compare (default: tuning.metric)')
    .addOption(new Option('--pruner <name>', 'default: tuning.pruner').choices(['median', 'none']))
    .option(
      '--concurrency <count>',
      'trials at a time (default: tuning.concurrency)',
      wholeNumber(1),
    )
    .option('--resume <run-id>', 'go on with a tuning that was interrupted or killed')
    .option('--no-register', 'stop after the search: train and register nothing')
    .option('--jobs <count>', 'threads, -1 for all (default: training.n_jobs)', jobCount)
    .option('--run-name <name>', 'what to call the run')
    .option('--description <text>', 'description of the model version')
    .addHelpText(
      'after',
      helpExamples(
        'tune',
        'tune --trials 100 --metric log_loss -p n_estimators=300',
        'tune --algorithm logistic_regression --sampler random --json',
        'tune --resume 0b6c4f... --trials 80',
      ),
    )
    .action(
      run<TuneOptions>((context, options) =>
        withRegistry(context, async ({ registry, config }) => {
          const { terminal } = context;
          const { param, data, resume, register, jobs, runName, description, ...overrides } =
            options;
          const completed = await withDatabricksProfile(config, terminal.env, [data]);
          const { concurrency, ...settings } = tuningSettings(completed, {
            cwd: terminal.cwd,
            ...overrides,
            ...(data === undefined ? {} : { dataPath: data }),
            ...(param === undefined ? {} : { hyperparameters: param as never }),
          });
          const tuning = await tuneAndRegister(
            {
              ...settings,
              registry,
              userId: terminal.userId,
              tags: ownerTags(),
              versions: { '@gnu-mlops/cli': cliVersion },
              now: terminal.now,
              then: register ? 'register' : 'stop',
              ...(resume === undefined ? {} : { resume }),
              ...(runName === undefined ? {} : { runName }),
              ...(description === undefined ? {} : { description }),
            },
            {
              concurrency,
              ...threadSettings(config, jobs),
              onProgress: context.onProgress,
              onFallback: warnOfFallback(context),
              signal: terminal.signal,
              onRun: ({ runId, finished }) =>
                context.note(
                  (finished > 0 ? `Going on after ${finished} finished trials. ` : '') +
                    `If this is cut short: gnu-mlops ${resumingLine(context.args, runId)}`,
                ),
            },
          );
          return {
            json: summaryOf(tuning),
            text: formatTuning(tuning, context.style, {
              toRegister: resumingLine(
                context.args.filter((arg) => arg !== '--no-register'),
                tuning.run.runId,
              ),
              configFile: context.settings.config,
            }),
          };
        }),
      ),
    );
}

/** What was typed, to go on with the tuning of that run. */
function resumingLine(args: readonly string[], runId: string): string {
  const typed = args.filter(
    (arg, index) => !/^--resume(=|$)/.test(arg) && args[index - 1] !== '--resume',
  );
  return [...typed, '--resume', runId].map(shellWord).join(' ');
}

function summaryOf({ run, best, trials, metric, direction, trained }: RegisteredTuning): object {
  return { run, metric, direction, best, trials, ...(trained && summaryOfTraining(trained)) };
}

/** The report without the row numbers of the split, which are long and tell a reader nothing. */
function summaryOfTraining({ run, version, report }: NonNullable<RegisteredTuning['trained']>) {
  const { split: _, ...figures } = report;
  return { trained_run: run, version, report: figures };
}
