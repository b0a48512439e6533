import type { Table } from '@gnu-mlops/core';
import { checkHeader } from '../conform-table.ts';
import { JsonLineError } from '../format-errors.ts';
import { finishTable } from '../cell-collector.ts';
import { startJsonCells } from '../json/json-lines-reader.ts';
import { type JsonPiece, openJsonPieces } from '../json/json-pieces.ts';
import type { JsonRow } from '../json/parse-json-line.ts';
import { createCellWriter } from './cell-writer.ts';
import { packingWrite } from './packing-write.ts';
import type { ExtendOptions, ExtensionTarget, TableExtension } from './table-extension.ts';

/** JSON lines: each object's own text, the added names before its closing brace. */
export async function extendJsonLines(
  path: string,
  target: ExtensionTarget,
  { signature, batchRows, decimals, signal }: ExtendOptions,
): Promise<TableExtension> {
  const pieces = await openJsonPieces(path, { wanted: signature, rowsPerPiece: batchRows, signal });
  const output = packingWrite(path, target);
  const unwritten: JsonPiece[] = [];

  async function close(): Promise<void> {
    await pieces.close();
    await output.abort();
  }
  try {
    checkHeader(pieces.header, signature, path);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    header: pieces.header,
    async *[Symbol.asyncIterator]() {
      for await (const piece of pieces) {
        unwritten.push(piece);
        const collectors = signature.map((spec) => startJsonCells(spec, path));
        for (const collector of collectors) collector.append(piece, 0, piece.rowCount);
        yield { table: finishTable(collectors, piece.rowCount), firstRow: piece.firstRow };
      }
    },
    async write(added) {
      const piece = unwritten.shift();
      if (piece === undefined) return;
      const names = [...added.columns.keys()];
      for (const row of piece.rows) checkNames(row, names, path);
      await output.write(extendLines(piece.rows, added, decimals));
    },
    finish: output.finish,
    close,
  };
}

/** Later lines may have names that the first ones, by which the added ones were chosen, have not. */
function checkNames({ cells, line }: JsonRow, names: readonly string[], path: string): void {
  const taken = names.find((name) => Object.hasOwn(cells, name));
  if (taken === undefined) return;
  throw new JsonLineError(path, line, `it has the name "${taken}", which no line before has`);
}

function extendLines(rows: readonly JsonRow[], added: Table, decimals: number | undefined): string {
  const cells = Array.from(added.columns, ([name, column]) => ({
    before: `${JSON.stringify(name)}:`,
    ...createCellWriter(column, { decimals, quoteText: JSON.stringify, missing: 'null' }),
  }));
  const bytes = Buffer.alloc(Math.max(...cells.map(({ maxBytes }) => maxBytes)));
  return rows
    .map(({ text, cells: own }, row) => {
      const start = text.slice(0, text.lastIndexOf('}')).trimEnd();
      const values = cells.map(
        ({ before, write }) => before + bytes.toString('utf8', 0, write(row, bytes, 0)),
      );
      return `${start}${Object.keys(own).length > 0 ? ',' : ''}${values.join(',')}}\n`;
    })
    .join('');
}
