import { querySettings } from '@gnu-mlops/app-runtime';
import { rowAt } from '@gnu-mlops/core';
import { readTable, writeTable } from '@gnu-mlops/data';
import { openPlainSource } from '@gnu-mlops/pipeline';
import type { Command } from 'commander';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunCommand } from '../command-context.ts';
import { newPath } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { loadSettings } from '../load-settings.ts';
import { namedText, wholeNumber } from '../option-parsers.ts';
import { formatQuantity } from '../render/figures.ts';
import { formatRows } from '../render/rows.ts';

interface QueryOptions {
  readonly table?: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly output?: string;
  readonly force?: true;
}

/** `data query` */
export function defineQueryData(data: Command, run: RunCommand): void {
  data
    .command('query [sql]')
    .description('the rows that a SELECT makes of files (default: data.query, as training sees it)')
    .option('-t, --table <name=file>', 'a table that it may use; may be repeated', namedText)
    .option('-n, --rows <count>', 'rows to show', wholeNumber(0), 20)
    .option('-o, --output <file>', 'write all rows: .csv, .csv.gz, .jsonl, .parquet, .arrow')
    .option('--force', 'replace the file when it is there')
    .addHelpText(
      'after',
      helpExamples(
        'data query "SELECT plan, avg(charges) FROM c GROUP BY plan" -t c=customers.csv',
        'data query "SELECT * FROM a JOIN b USING (id)" -t a=a.csv -t b=b.parquet -o ab.parquet',
        'data query',
      ),
    )
    .action(
      run<QueryOptions>(async (context, { table: tables, rows, output, force }, [sql]) => {
        const { cwd } = context.terminal;
        const path = output === undefined ? undefined : await newPath(cwd, { path: output, force });
        const { config } = await loadSettings(context);
        const source = querySettings(config, { cwd, sql: sql as string | undefined, tables });
        const { table } = await readTable(openPlainSource(source), {
          columnTypes: source.columnTypes,
        });
        const shown = Array.from({ length: Math.min(rows, table.rowCount) }, (_, row) =>
          rowAt(table, row),
        );
        if (path !== undefined) {
          await mkdir(dirname(path), { recursive: true });
          await writeTable(path, table);
        }
        const wrote =
          output === undefined
            ? ''
            : `Wrote ${formatQuantity(table.rowCount, 'row')} to ${output}.\n`;
        return {
          json: {
            rowCount: table.rowCount,
            columns: [...table.columns.keys()],
            ...(path === undefined ? { rows: shown } : { file: path }),
          },
          text: path === undefined ? formatRows(table, rows, context.style) : wrote,
        };
      }),
    );
}
