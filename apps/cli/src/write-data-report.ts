import type { Table } from '@gnu-mlops/core';
import {
  type DataCheckReport,
  type TableProfile,
  checkTrainingTable,
  formatDataReport,
  measureRelations,
} from '@gnu-mlops/preprocess';
import { basename } from 'node:path';
import type { CommandContext } from './command-context.ts';
import { checkNotOver, writeNewFile } from './files.ts';

/** What a report is written of, and where to. */
interface ReportRequest {
  readonly file: string;
  readonly table: Table;
  readonly profile: TableProfile;
  readonly html: string;
  readonly target?: string | undefined;
  readonly force?: true | undefined;
  readonly checks?: DataCheckReport;
}

/**
 * Write a table's report as a page, and say so.
 *
 * @throws {DataOptionError} for a report in place of the table itself.
 */
export async function writeDataReport(
  context: CommandContext,
  { file, table, profile, html, target, force, checks }: ReportRequest,
): Promise<void> {
  const { terminal } = context;
  checkNotOver(terminal.cwd, { option: 'html', written: html, read: file, what: 'table' });
  const content = formatDataReport({
    title: basename(file),
    source: file,
    createdAt: new Date(terminal.now()).toISOString(),
    profile,
    relations: measureRelations(table, target),
    ...(checks && { checks }),
    ...(target !== undefined && { findings: checkTrainingTable(table, { target }) }),
  });
  await writeNewFile(terminal.cwd, { path: html, content, force });
  context.note(`Wrote the report to ${html}.`);
}
