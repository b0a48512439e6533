import { makeSampleFile } from './make-sample-file.ts';
import { type PreparedTable, prepareTrainingTable } from './prepare-training-table.ts';
import type { QuickstartData, QuickstartOptions } from './quickstart-options.ts';
import type { DataSummary } from './quickstart-result.ts';

/** Make the sample data where they are asked for, read the table, and check it. */
export async function openQuickstartData({
  data,
  folders,
}: Pick<QuickstartOptions, 'data' | 'folders'>): Promise<{
  prepared: PreparedTable;
  summary: DataSummary;
}> {
  const { origin, ...wanted } = await locate(data, folders.data);
  const prepared = await prepareTrainingTable(wanted);
  const { table, findings: _, ...facts } = prepared;
  return { prepared, summary: { ...facts, origin, rowCount: table.rowCount } };
}

async function locate(data: QuickstartData, folder: string) {
  if (data.kind === 'own') {
    const { kind: _, ...wanted } = data;
    return { ...wanted, origin: 'given' as const };
  }
  const { path, target, isNew } = await makeSampleFile(folder, data);
  return {
    source: { path, dataSource: 'sample' as const },
    target,
    origin: isNew ? ('made' as const) : ('found' as const),
  };
}
