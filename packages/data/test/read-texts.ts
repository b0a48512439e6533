import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CsvDialect, openCsvSource } from '../src/csv-source.ts';
import { cellText, createFieldBatch } from '../src/field-batch.ts';

/** Write a file of the given content into a folder; returns its path. */
export function writeInto(folder: string, content: string | Uint8Array, name = 'in.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Every row's cells as text, the header first, and the lines on which rows begin. */
export async function readTexts(
  path: string,
  dialect: CsvDialect = {},
): Promise<{ rows: string[][]; lines: number[] }> {
  const source = await openCsvSource(path, dialect);
  const batch = createFieldBatch(source.header.length, 7);
  const rows: string[][] = [[...source.header]];
  const lines: number[] = [];
  try {
    while (await source.readRows(batch, 1000)) {
      for (let row = 0; row < batch.rowCount; row++) {
        const cells = source.header.map((_, column) =>
          cellText(batch, column * batch.rowCapacity + row),
        );
        rows.push(cells);
        lines.push(batch.lines[row]!);
      }
    }
  } finally {
    await source.close();
  }
  return { rows, lines };
}
