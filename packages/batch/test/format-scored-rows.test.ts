import { describe, expect, it } from 'vitest';
import { formatScoredRows } from '../src/format-scored-rows.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const timestamp = '2026-01-01T00:00:00.000Z';

describe('formatScoredRows', () => {
  it('writes numbers so that they read back to the same bits', () => {
    const values = Float64Array.of(0.1 + 0.2, 1e21, -0, 5e-324);

    const bytes = formatScoredRows(
      Array.from(values, () => encode('a')),
      { task: 'regression', rowCount: 4, values },
      { delimiter: ',', lineEnding: '\n', timestamp },
    );

    const cells = Buffer.from(bytes).toString().trimEnd().split('\n');
    expect(cells.map((row) => Number(row.split(',')[1]))).toEqual([0.1 + 0.2, 1e21, 0, 5e-324]);
  });

  it('quotes a class that holds the delimiter, and counts bytes, not letters', () => {
    const bytes = formatScoredRows(
      [encode('ü'), encode('€')],
      {
        task: 'classification',
        rowCount: 2,
        classes: ['nein; später', 'ja'],
        labels: Int32Array.of(0, 1),
        probabilities: Float64Array.of(0.75, 0.25, 0.5, 0.5),
      },
      { delimiter: ';', lineEnding: '\r\n', timestamp },
    );

    expect(Buffer.from(bytes).toString()).toBe(
      `ü;"nein; später";0.75;${timestamp}\r\n€;ja;0.5;${timestamp}\r\n`,
    );
  });
});
