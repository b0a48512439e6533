import { querySettings, withDatabricksProfile } from '@gnu-mlops/app-runtime';
import { jsonRowAt } from '@gnu-mlops/data';
import { copyRows, readFirstRows } from '@gnu-mlops/pipeline';
import type { Command } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { keepHeapSmall } from '../keep-heap-small.ts';
import { loadSettings } from '../load-settings.ts';
import { newTable } from '../new-output.ts';
import { noteSkippedRows } from '../note-skipped-rows.ts';
import { namedText, wholeNumber } from '../option-parsers.ts';
import { type ReadingOptions, addReadingOptions, readingWords } from '../reading-options.ts';
import { formatQuantity } from '../render/figures.ts';
import { formatRows } from '../render/rows.ts';

interface QueryOptions extends ReadingOptions {
  readonly table?: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly output?: string;
  readonly force?: true;
}

/** `data query` */
export function defineQueryData(data: Command, run: RunCommand): void {
  const query = data
    .command('query [sql]')
    .description('the rows that a SELECT makes of files (default: data.query, as training sees it)')
    .option(
      '-t, --table <name=file>',
      'a table that it may use: a file, s3://bucket/key or prefix/, dbfs:/path, ' +
        'databricks:catalog.schema.table; may be repeated',
      namedText,
    )
    .option('-n, --rows <count>', 'rows to show; no others are read', wholeNumber(0), 20)
    .option(
      '-o, --output <file>',
      'write all rows: .csv, .csv.gz, .jsonl, .parquet, .arrow; a file, s3://..., dbfs:/...',
    )
    .option('--force', 'replace the file when it is there');
  addReadingOptions(query)
    .addHelpText(
      'after',
      helpExamples(
        'data query "SELECT plan, avg(charges) FROM c GROUP BY plan" -t c=customers.csv',
        'data query "SELECT * FROM a JOIN b USING (id)" -t a=a.csv -t b=b.parquet -o ab.parquet',
        'data query "SELECT count(*) FROM t" -t t=s3://bucket/days/',
        'data query',
      ),
    )
    .action(
      run<QueryOptions>(async (context, options, [sql]) => {
        const { table: tables, rows, output, force } = options;
        const reading = readingWords(options);
        const { terminal } = context;
        const { cwd, env, signal } = terminal;
        const named = [...Object.values(tables ?? {}), ...(output === undefined ? [] : [output])];
        const { config: found } = await loadSettings(context);
        const config = await withDatabricksProfile(found, env, named);
        const source = querySettings(config, {
          cwd,
          sql: sql as string | undefined,
          tables,
          reading,
        });
        keepHeapSmall();
        if (output === undefined) {
          const first = await readFirstRows(source, rows, { signal });
          const { table, hasMore, skippedRowCount } = first;
          noteSkippedRows(context, skippedRowCount, 'the tables');
          const shown = Array.from({ length: table.rowCount }, (_, row) => jsonRowAt(table, row));
          return {
            json: { columns: [...table.columns.keys()], rows: shown, hasMore, skippedRowCount },
            text: formatRows(first, context.style),
          };
        }
        const place = await newTable(config, terminal, { path: output, force });
        const copied = await copyRows({ source, output: place }, { signal });
        const { rowCount, skippedRowCount } = copied;
        noteSkippedRows(context, skippedRowCount, 'the tables');
        return {
          json: { file: place.name, ...copied },
          text: `Wrote ${formatQuantity(rowCount, 'row')} to ${output}.\n`,
        };
      }),
    );
}
