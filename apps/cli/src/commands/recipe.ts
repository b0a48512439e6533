import {
  givenFile,
  givenSource,
  recipeFitSettings,
  withDatabricksProfile,
} from '@gnu-mlops/app-runtime';
import { isGnuMlopsError } from '@gnu-mlops/core';
import { fitRecipeOnSource, transformSource } from '@gnu-mlops/pipeline';
import { parseRecipe } from '@gnu-mlops/preprocess';
import { type Command, Option } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { decodeText } from '../decode-text.ts';
import { RecipeUnreadableError } from '../errors.ts';
import { checkNotOver } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { keepHeapSmall } from '../keep-heap-small.ts';
import { loadSettings } from '../load-settings.ts';
import { newOutput, newTable, writeText } from '../new-output.ts';
import { noteSkippedRows } from '../note-skipped-rows.ts';
import { type ReadingOptions, addReadingOptions, readingWords } from '../reading-options.ts';
import { formatFittedRecipe } from '../render/recipe.ts';
import { formatQuantity } from '../render/figures.ts';

interface FitOptions extends ReadingOptions {
  readonly output: string;
  readonly target?: string;
  readonly for?: 'trees' | 'linear';
  readonly force?: true;
}

interface TransformOptions extends ReadingOptions {
  readonly recipe: string;
  readonly output: string;
  readonly keep?: readonly string[];
  readonly force?: true;
}

/** `recipe fit|transform` */
export function defineRecipe(program: Command, run: RunCommand): void {
  const recipe = program
    .command('recipe')
    .description('features of tables of any size: learn a recipe once, apply it to any rows');

  const fit = recipe
    .command('fit [file]')
    .description('learn a recipe from training rows, which need not fit in memory')
    .requiredOption(
      '-o, --output <file>',
      'JSON file to write the recipe to; may be s3://... or dbfs:/...',
    )
    .option('--target <column>', 'column to predict, which is no feature (default: data.target)')
    .addOption(
      new Option(
        '--for <family>',
        'a recipe that suits these algorithms (default: preprocessing.steps, else trees)',
      ).choices(['trees', 'linear']),
    )
    .option('--force', 'replace the file when it is there');
  addReadingOptions(fit)
    .addHelpText(
      'after',
      helpExamples(
        'recipe fit data/train.csv --target churned -o recipe.json',
        'recipe fit s3://bucket/train/ --for linear --target churned -o recipe.json',
      ),
    )
    .action(
      run<FitOptions>(async (context, options, [file]) => {
        const { terminal } = context;
        const { output: path, force } = options;
        const { config } = await loadSettings(context);
        const dataPath = file as string | undefined;
        const completed = await withDatabricksProfile(config, terminal.env, [dataPath, path]);
        const { cwd, signal } = terminal;
        if (dataPath !== undefined) {
          checkNotOver(cwd, { option: 'output', written: path, read: dataPath, what: 'table' });
        }
        const output = await newOutput(completed, terminal, { path, force });
        const { target, for: family } = options;
        const settings = recipeFitSettings(completed, {
          cwd,
          dataPath,
          reading: readingWords(options),
          target,
          family,
        });
        keepHeapSmall();
        const fitted = await fitRecipeOnSource(settings, { signal });
        noteSkippedRows(context, fitted.skippedRowCount, dataPath ?? 'the training rows');
        await writeText(output, `${JSON.stringify(fitted.recipe)}\n`);
        return {
          json: { file: path, ...fitted },
          text: formatFittedRecipe(fitted, path),
        };
      }),
    );

  const transform = recipe
    .command('transform <file>')
    .description('turn rows into features, a chunk at a time')
    .requiredOption('-r, --recipe <file>', 'what `recipe fit` wrote')
    .requiredOption(
      '-o, --output <file>',
      'what to write: .csv, .csv.gz, .jsonl, .parquet, .arrow; a file, s3://..., dbfs:/...',
    )
    .option('--keep <columns...>', 'columns to put before the features: keys, the target')
    .option('--force', 'replace the file when it is there');
  addReadingOptions(transform)
    .addHelpText(
      'after',
      helpExamples(
        'recipe transform data/train.csv -r recipe.json -o features.parquet --keep churned',
        'recipe transform data/new.csv -r recipe.json -o new.csv --keep customer_id',
        'recipe transform s3://bucket/new/ -r recipe.json -o s3://bucket/features.parquet',
      ),
    )
    .action(
      run<TransformOptions>(async (context, options, [file]) => {
        const { terminal } = context;
        const { force, keep = [] } = options;
        const { cwd, signal } = terminal;
        const named = [file as string, options.output, options.recipe];
        const over = { option: 'output', written: options.output, what: 'recipe' };
        checkNotOver(cwd, { ...over, read: options.recipe });
        const { config: found } = await loadSettings(context);
        const config = await withDatabricksProfile(found, terminal.env, named);
        const { read } = givenFile(config, options.recipe, { cwd, signal });
        const fitted = await readRecipe(options.recipe, read);
        const source = givenSource(config, file as string, {
          cwd,
          reading: readingWords(options),
        });
        const output = await newTable(config, terminal, { path: options.output, force });
        keepHeapSmall();
        const request = { source, recipe: fitted, output, keep };
        const { rowCount, skippedRowCount } = await transformSource(request, { signal });
        noteSkippedRows(context, skippedRowCount, file as string);
        const features = fitted.features.map(({ name }) => name);
        return {
          json: { file: output.name, rows: rowCount, skippedRowCount, kept: keep, features },
          text: `Wrote ${formatQuantity(rowCount, 'row')} of ${formatQuantity(features.length, 'feature')} to ${options.output}.\n`,
        };
      }),
    );
}

/** @throws {RecipeUnreadableError}, {RecipeInvalidError} of `@gnu-mlops/preprocess`. */
async function readRecipe(path: string, read: () => Promise<Buffer>) {
  let json: unknown;
  try {
    json = JSON.parse(decodeText(await read()));
  } catch (cause) {
    if (isGnuMlopsError(cause)) throw cause;
    throw new RecipeUnreadableError(path, { cause });
  }
  return parseRecipe(json);
}
