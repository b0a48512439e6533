import { createSampleTable, diffTables, formatOf, makeFolderOf, writeTable } from '@gnu-mlops/data';
import { profileTable } from '@gnu-mlops/preprocess';
import { type Command, Option } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { newPath } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { wholeNumber } from '../option-parsers.ts';
import { readGivenTable } from '../read-given-table.ts';
import { type ReadingOptions, addReadingOptions, readingWords } from '../reading-options.ts';
import { formatQuantity } from '../render/figures.ts';
import { formatProfile } from '../render/profile.ts';
import { formatTableDiff } from '../render/table-diff.ts';
import { writeDataReport } from '../write-data-report.ts';
import { defineCheckData } from './check-data.ts';
import { defineQueryData } from './query-data.ts';

type SampleKind = 'churn' | 'classification' | 'regression';

interface CreateOptions {
  readonly kind: SampleKind;
  readonly rows: number;
  readonly seed: number;
  readonly output: string;
  readonly force?: true;
}

interface ProfileOptions extends ReadingOptions {
  readonly target?: string;
  readonly html?: string;
  readonly force?: true;
}

interface DiffOptions extends ReadingOptions {
  readonly key?: readonly string[];
}

/** `data create|profile|check|infer-checks|query|diff` */
export function defineData(program: Command, run: RunCommand): void {
  const data = program
    .command('data')
    .description(
      'sample tables, what is in a table, whether it holds, what a query makes, and what changed',
    );

  data
    .command('create')
    .description('write a sample table: the same kind, rows and seed give the same bytes')
    .addOption(
      new Option('--kind <kind>', 'which table')
        .choices(['churn', 'classification', 'regression'])
        .default('churn'),
    )
    .option('--rows <count>', 'data rows', wholeNumber(1), 2000)
    .option('--seed <number>', 'seed of every random choice', wholeNumber(0), 42)
    .requiredOption('-o, --output <file>', 'file to write: .csv, .csv.gz, .jsonl, .parquet, .arrow')
    .option('--force', 'replace the file when it is there')
    .addHelpText(
      'after',
      helpExamples(
        'data create --kind churn --rows 5000 --seed 7 -o data/churn.csv',
        'data create --kind regression -o data/prices.csv',
      ),
    )
    .action(
      run<CreateOptions>(async (context, { kind, rows, seed, output, force }) => {
        const path = await newPath(context.terminal.cwd, { path: output, force });
        const { table, target } = createSampleTable({ kind, rows, seed });
        formatOf(path);
        await makeFolderOf(path);
        await writeTable(path, table);
        return {
          json: { file: path, kind, rows, seed, target, columns: [...table.columns.keys()] },
          text: `Wrote ${formatQuantity(rows, 'row')} to ${output}; the target is "${target}".\n`,
        };
      }),
    );

  const profile = data
    .command('profile <file>')
    .description('kinds, missing cells, ranges and most frequent values of every column')
    .option('--target <column>', 'show in the report what each column says about it')
    .option('--html <file>', 'write a report as one page, with charts')
    .option('--force', 'replace the report when it is there');
  addReadingOptions(profile)
    .addHelpText(
      'after',
      helpExamples(
        'data profile data/churn.csv',
        'data profile data/churn.csv --html report.html --target churned',
        'data profile x.parquet --json',
      ),
    )
    .action(
      run<ProfileOptions>(async (context, options, [file]) => {
        const given = await readGivenTable(context, file as string, readingWords(options));
        const { table, skippedRowCount } = given;
        const profile = profileTable(table);
        if (options.html !== undefined) {
          const { html, target, force } = options;
          await writeDataReport(context, {
            file: file as string,
            table,
            profile,
            html,
            target,
            force,
          });
        }
        return {
          json: { ...profile, skippedRowCount },
          text: formatProfile(profile, context.style),
        };
      }),
    );

  defineCheckData(data, run);
  defineQueryData(data, run);

  const diff = data
    .command('diff <before> <after>')
    .description('what changed from one table to another, whatever the formats of their files')
    .option('--key <columns...>', 'columns that tell rows apart: rows are compared one by one');
  addReadingOptions(diff)
    .addHelpText(
      'after',
      helpExamples(
        'data diff january.csv february.parquet',
        'data diff old.csv new.csv --key customer_id --json',
      ),
    )
    .action(
      run<DiffOptions>(async (context, options, paths) => {
        const words = readingWords(options);
        const given = await Promise.all(
          paths.map((path) => readGivenTable(context, path as string, words)),
        );
        const [before, after] = given.map(({ table }) => table);
        const diff = diffTables(before!, after!, { key: options.key });
        const times = [...before!.columns.keys()].filter((name) =>
          [before!, after!].every(({ columns }) => columns.get(name)?.kind === 'timestamp'),
        );
        const skippedRowCounts = given.map(({ skippedRowCount }) => skippedRowCount);
        return {
          json: { ...diff, skippedRowCounts },
          text: formatTableDiff(diff, new Set(times), context.style),
        };
      }),
    );
}
