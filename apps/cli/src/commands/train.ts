import { threadSettings, trainingSettings, withDatabricksProfile } from '@gnu-mlops/app-runtime';
import { ALGORITHM_NAMES } from '@gnu-mlops/core/config';
import { type RegisteredTraining, trainAndRegister } from '@gnu-mlops/pipeline';
import { type Command, Option } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { ownerTags } from '../interrupted-runs.ts';
import { jobCount, namedValue, thresholdValue } from '../option-parsers.ts';
import { formatTraining } from '../render/training.ts';
import { cliVersion } from '../version.ts';
import { warnOfFallback } from '../warn-of-fallback.ts';
import { withRegistry } from '../with-registry.ts';

interface TrainOptions {
  readonly data?: string;
  readonly target?: string;
  readonly algorithm?: string;
  readonly param?: Readonly<Record<string, unknown>>;
  readonly groupColumn?: string;
  readonly timeColumn?: string;
  readonly calibration?: 'none' | 'sigmoid' | 'isotonic';
  readonly threshold?: ReturnType<typeof thresholdValue>;
  readonly jobs?: number;
  readonly runName?: string;
  readonly description?: string;
}

/** `train` */
export function defineTrain(program: Command, run: RunCommand): void {
  program
    .command('train')
    .description('check, split, cross-validate, train, evaluate, log the run, register a version')
    .option(
      '--data <table>',
      'a file, s3://..., dbfs:/... or databricks:catalog.schema.table (default: as data says)',
    )
    .option('--target <column>', 'column to predict (default: data.target)')
    .addOption(
      new Option('--algorithm <name>', 'default: model.algorithm').choices([...ALGORITHM_NAMES]),
    )
    .option('-p, --param <name=value>', 'a hyperparameter; may be repeated', namedValue)
    .option('--group-column <column>', 'rows of one group stay on one side of every split')
    .option('--time-column <column>', 'hold out the latest rows, and test folds on later ones')
    .addOption(
      new Option(
        '--calibration <method>',
        'correct probabilities (default: training.calibration)',
      ).choices(['none', 'sigmoid', 'isotonic']),
    )
    .option(
      '--threshold <value>',
      'a probability, f1, accuracy, youden or cost (default: training.threshold)',
      thresholdValue,
    )
    .option('--jobs <count>', 'threads, -1 for all (default: training.n_jobs)', jobCount)
    .option('--run-name <name>', 'what to call the run')
    .option('--description <text>', 'description of the model version')
    .addHelpText(
      'after',
      helpExamples(
        'train',
        'train --data customers.csv --target churned -p n_estimators=300 -p max_depth=12',
        'train --algorithm logistic_regression -p C=0.5 --json',
        'train --calibration isotonic --threshold f1 --group-column customer_id',
      ),
    )
    .action(
      run<TrainOptions>((context, options) =>
        withRegistry(context, async ({ registry, config }) => {
          const { terminal } = context;
          const completed = await withDatabricksProfile(config, terminal.env, [options.data]);
          const settings = trainingSettings(completed, {
            cwd: terminal.cwd,
            ...(options.data === undefined ? {} : { dataPath: options.data }),
            ...(options.target === undefined ? {} : { target: options.target }),
            ...(options.algorithm === undefined ? {} : { algorithm: options.algorithm }),
            ...(options.groupColumn === undefined ? {} : { groupColumn: options.groupColumn }),
            ...(options.timeColumn === undefined ? {} : { timeColumn: options.timeColumn }),
            ...(options.calibration === undefined ? {} : { calibration: options.calibration }),
            ...(options.threshold === undefined ? {} : { threshold: options.threshold }),
            ...(options.param === undefined ? {} : { hyperparameters: options.param as never }),
          });
          const trained = await trainAndRegister(
            {
              ...settings,
              registry,
              userId: terminal.userId,
              tags: ownerTags(),
              versions: { '@gnu-mlops/cli': cliVersion },
              now: terminal.now,
              ...(options.runName === undefined ? {} : { runName: options.runName }),
              ...(options.description === undefined ? {} : { description: options.description }),
            },
            {
              ...threadSettings(config, options.jobs),
              onProgress: context.onProgress,
              onFallback: warnOfFallback(context),
              signal: terminal.signal,
            },
          );
          const { run: logged, version, report } = trained;
          return {
            json: { run: logged, version, report: withoutSplit(report) },
            text: formatTraining(trained, context.style, context.settings.config),
          };
        }),
      ),
    );
}

/** The report without the row numbers of the split, which are long and tell a reader nothing. */
function withoutSplit({ split: _, ...report }: RegisteredTraining['report']) {
  return report;
}
