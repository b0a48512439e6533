import { readFile } from 'node:fs/promises';
import type { ColumnSpec } from '@gnu-mlops/core';
import { findFormat } from '@gnu-mlops/data';
import { type PredictInput, openPredictor } from '@gnu-mlops/predictor';
import { type Command, Option } from 'commander';
import { cellRows } from '../cell-rows.ts';
import type { CommandContext, RunCommand } from '../command-context.ts';
import { decodeText } from '../decode-text.ts';
import { RowsInvalidError } from '../errors.ts';
import { pathToRead } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { readGivenTable } from '../read-given-table.ts';
import { type ReadingOptions, addFileOptions, readingWords } from '../reading-options.ts';
import { formatPredictions } from '../render/predictions.ts';
import { withRegistry } from '../with-registry.ts';

interface PredictOptions extends Omit<ReadingOptions, 'columnType'> {
  readonly row?: string;
  readonly input?: string;
  readonly model?: string;
  readonly stage?: 'Staging' | 'GNU_Production';
  readonly alias?: string;
  readonly version?: string;
}

/** `predict` */
export function definePredict(program: Command, run: RunCommand): void {
  const predict = program
    .command('predict')
    .description('predict rows with the deployed model')
    .option('--row <json>', 'one row or several, as JSON')
    .option(
      '-i, --input <file>',
      'rows from a .json file, a table, or JSON from - (standard input)',
    )
    .option('--model <name>', 'registered model (default: the configured one)')
    .addOption(
      new Option('--stage <stage>', 'whose version predicts (default: the configured one)')
        .choices(['Staging', 'GNU_Production'])
        .conflicts(['alias', 'version']),
    )
    .addOption(new Option('--alias <alias>', 'the version behind an alias').conflicts('version'))
    .option('--version <number>', 'one version, wherever it stands');
  addFileOptions(predict)
    .addHelpText(
      'after',
      helpExamples(
        `predict --row '{"tenure": 3, "contract": "Month-to-month"}'`,
        'predict --input rows.csv --stage Staging',
        'predict --input rows.json --json',
        'predict --input rows.txt --format csv --delimiter ";"',
      ),
    )
    .action(
      run<PredictOptions>((context, options) =>
        withRegistry(context, async ({ registry, config }) => {
          const predictor = await openPredictor({
            registry,
            modelName: options.model ?? config.mlflow.model_name,
            ...selectorOf(options, config.deployment.model_stage),
          });
          const { inputs } = predictor.model.signature;
          const { rows, skippedRowCount } = await readRows(context, options, inputs);
          const predictions = predictor.predict(rows);
          const { name, version } = predictor.version!;
          return {
            json: { model: name, version, predictions, skippedRowCount },
            text: formatPredictions(predictions, context.style),
          };
        }),
      ),
    );
}

function selectorOf(
  { alias, version, stage }: PredictOptions,
  configured: 'Staging' | 'GNU_Production',
) {
  if (version !== undefined) return { version };
  return alias === undefined ? { stage: stage ?? configured } : { alias };
}

/** Rows to predict. */
interface GivenRows {
  readonly rows: PredictInput;
  readonly skippedRowCount: number;
}

async function readRows(
  context: CommandContext,
  options: PredictOptions,
  signature: readonly ColumnSpec[],
): Promise<GivenRows> {
  const { row, input } = options;
  if ((row === undefined) === (input === undefined)) {
    throw new RowsInvalidError('Give the rows to predict with either --row or --input.');
  }
  const reading = readingWords(options);
  if (Object.keys(reading).length > 0 && (row !== undefined || input === '-')) {
    throw new RowsInvalidError(
      '--delimiter, --ragged-rows and --format say how the file of --input is read, and rows of --row or standard input are JSON. Leave them out, or give a file.',
    );
  }
  if (row !== undefined) return jsonRows(() => row, '--row');
  if (input === '-') {
    const bytes = await context.terminal.readInput();
    return jsonRows(() => decodeText(bytes), 'standard input');
  }
  const path = pathToRead(context.terminal.cwd, input!);
  if (options.format !== undefined || findFormat(path) !== undefined) {
    const given = await readGivenTable(context, input!, { ...reading, signature });
    return { rows: cellRows(given.table), skippedRowCount: given.skippedRowCount };
  }
  const bytes = await readBytes(path, input!);
  return jsonRows(() => decodeText(bytes), input!);
}

async function readBytes(path: string, shown: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new RowsInvalidError(`${shown} cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

function jsonRows(textOf: () => string, source: string): GivenRows {
  try {
    return { rows: JSON.parse(textOf()) as PredictInput, skippedRowCount: 0 };
  } catch (error) {
    throw new RowsInvalidError(`${source} is not JSON: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
