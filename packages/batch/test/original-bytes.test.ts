import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBatch } from '../src/run-batch.ts';
import { batchScene } from './support/batch-scene.ts';

const style = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnding: fc.constantFrom('\n', '\r\n', '\r'),
  mark: fc.constantFrom('', '\uFEFF'),
  hasLastEnding: fc.boolean(),
});
const note = fc.oneof(
  fc.stringMatching(/^[^",;|\t\r\n]*$/),
  fc.string().map((text) => `"${text.replaceAll('"', '""')}"`),
);
const row = fc.tuple(fc.constantFrom('0', '10', ' 2.50', '"7"', '', 'NA', '1e0'), note);

describe('a scored file', () => {
  it('holds every byte of its input, with the predictions at the end of each row', async () => {
    const { root, options } = batchScene();
    const input = join(root, 'in', 'a.csv');
    const output = join(root, 'out', 'a_predictions.csv');

    await fc.assert(
      fc.asyncProperty(style, fc.array(row, { maxLength: 8 }), async (form, rows) => {
        const { delimiter, lineEnding, mark, hasLastEnding } = form;
        const lines = [['x', 'note'], ...rows].map((cells) => cells.join(delimiter));
        const end = hasLastEnding ? lineEnding : '';
        writeFileSync(input, `${mark}${lines.join(lineEnding)}${end}`);

        const report = await runBatch({ ...options, archiveInput: false });

        expect(report).toMatchObject({ failed: 0, scored: 1 });
        const written = report.files[0]!.output!;
        let rest = readFileSync(written, 'utf8');
        expect(rest.startsWith(mark)).toBe(true);
        rest = rest.slice(mark.length);
        // A single line says nothing about line endings.
        const ending = lines.length === 1 && !hasLastEnding ? '\n' : lineEnding;
        for (const line of lines) {
          expect(rest.startsWith(line + delimiter)).toBe(true);
          rest = rest.slice(line.length + 1);
          rest = rest.slice(rest.indexOf(ending) + ending.length);
        }
        expect(rest).toBe('');
        expect(written.startsWith(output.slice(0, -'.csv'.length))).toBe(true);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
