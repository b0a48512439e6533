import type { Column } from '@gnu-mlops/core';
import type { ByteSink } from '../byte-source.ts';
import type { TableWriter } from '../table-writer.ts';
import { jsonCell } from './json-cell.ts';

const flushedCharacters = 262_144;

/** JSON lines: one object a row with every column, null where missing, times in ISO 8601 and UTC. */
export function jsonLinesWriter(sink: ByteSink): TableWriter {
  return {
    async write(table) {
      const keys = Array.from(table.columns.keys(), (name) => `${JSON.stringify(name)}:`);
      const columns = [...table.columns.values()];
      let text = '';
      for (let row = 0; row < table.rowCount; row++) {
        const cells = columns.map((column, i) => keys[i]! + formatJsonCell(column, row));
        text += `{${cells.join(',')}}\n`;
        if (text.length > flushedCharacters) {
          await sink.write(text);
          text = '';
        }
      }
      await sink.write(text);
    },
    commit: () => sink.commit(),
    abort: () => sink.abort(),
  };
}

/** One cell as JSON, a number with all that it says. */
function formatJsonCell(column: Column, row: number): string {
  const value = jsonCell(column, row);
  if (Object.is(value, -0)) return '-0';
  // Digits alone would say a whole number that no double holds, and be read as a text.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return (value as number).toExponential();
  }
  return JSON.stringify(value);
}
