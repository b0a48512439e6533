import { batchSettings, outcomeOfCode, outcomeOfKind, servedModel } from '@gnu-mlops/app-runtime';
import { type BatchReport, runBatch } from '@gnu-mlops/batch';
import { openPredictor } from '@gnu-mlops/predictor';
import { type Command, Option } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { resolvePath } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { jobCount } from '../option-parsers.ts';
import { formatBatchReport } from '../render/batch-report.ts';
import { withRegistry } from '../with-registry.ts';

interface BatchOptions {
  readonly input?: string;
  readonly output?: string;
  readonly archive: string | boolean;
  readonly model?: string;
  readonly stage?: 'Staging' | 'GNU_Production';
  readonly jobs?: number;
}

/** `batch run` */
export function defineBatch(program: Command, run: RunCommand): void {
  const batch = program.command('batch').description('score waiting files');

  batch
    .command('run')
    .description('score every waiting file once, and archive what is done')
    .option('--input <folder>', 'where files wait (default: batch_inference.input_path)')
    .option('--output <folder>', 'where scored files go (default: batch_inference.output_path)')
    .option('--archive <folder>', 'where done inputs go (default: batch_inference.archive_path)')
    .option('--no-archive', 'leave the inputs where they are')
    .option('--model <name>', 'registered model (default: the configured one)')
    .addOption(
      new Option('--stage <stage>', 'whose version scores').choices(['Staging', 'GNU_Production']),
    )
    .option('--jobs <count>', 'threads, -1 for all (default: batch_inference.n_jobs)', jobCount)
    .addHelpText('after', helpExamples('batch run', 'batch run --input inbox --output scored'))
    .action(
      run<BatchOptions>((context, options) =>
        withRegistry(context, async ({ registry, config }) => {
          const { terminal } = context;
          const served = servedModel(config, 'batch');
          const predictor = await openPredictor({
            registry,
            modelName: options.model ?? served.modelName,
            stage: options.stage ?? served.stage,
          });
          const settings = batchSettings(config, { cwd: terminal.cwd, jobs: options.jobs });
          const report = await runBatch({
            ...settings,
            ...folders(terminal.cwd, options),
            archiveInput: options.archive === false ? false : settings.archiveInput,
            predictor,
            now: terminal.now,
            onProgress: context.onProgress,
            signal: terminal.signal,
          });
          return {
            json: report,
            text: formatBatchReport(report, context.style),
            exitCode: exitCodeOf(report),
          };
        }),
      ),
    );
}

/** Of several failures that of ours first, such as a full disk, before those of the files. */
function exitCodeOf({ isAborted, files }: BatchReport): number {
  if (isAborted) return outcomeOfKind('interrupted').exitCode;
  const codes = files.flatMap(({ status, error }) =>
    error === undefined || status === 'leased'
      ? []
      : [(outcomeOfCode(error.code) ?? outcomeOfKind('unexpected')).exitCode],
  );
  return codes.length === 0 ? 0 : Math.min(...codes);
}

function folders(cwd: string, { input, output, archive }: BatchOptions) {
  return {
    ...(input === undefined ? {} : { inputFolder: resolvePath(cwd, input) }),
    ...(output === undefined ? {} : { outputFolder: resolvePath(cwd, output) }),
    ...(typeof archive === 'string' ? { archiveFolder: resolvePath(cwd, archive) } : {}),
  };
}
