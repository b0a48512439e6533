import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../src/decode-text.ts';
import { run } from './run.ts';

describe('decodeText', () => {
  it('leaves out a byte order mark, and no other letter', () => {
    expect(decodeText(Buffer.from('\uFEFFé\uFEFF'))).toBe('é\uFEFF');
  });

  it('refuses what is not UTF-8', () => {
    expect(() => decodeText(Buffer.from('é', 'latin1'))).toThrow('it is not UTF-8');
  });
});

describe('files of a person', () => {
  it('may begin with a byte order mark: rows, checks and recipes', async () => {
    const folder = temporaryFolder();
    const mark = (file: string) =>
      writeFileSync(join(folder, file), `\uFEFF${readFileSync(join(folder, file), 'utf8')}`);
    const rows = Array.from({ length: 60 }, (_, row) => `${row},${row < 30 ? 'a' : 'b'}\n`);
    writeFileSync(join(folder, 't.csv'), `x,y\n${rows.join('')}`);
    writeFileSync(join(folder, 'rows.json'), '[{"x":1}]');
    const made = [
      ['data', 'infer-checks', 't.csv', '-o', 'checks.yaml'],
      ['recipe', 'fit', 't.csv', '--target', 'y', '-o', 'recipe.json'],
      ['train', '--data', 't.csv', '--target', 'y', '-p', 'n_estimators=5'],
    ];
    for (const args of made) expect((await run(folder, args)).exitCode).toBe(0);
    for (const file of ['rows.json', 'checks.yaml', 'recipe.json']) mark(file);

    const input = '\uFEFF[{"x":1}]';
    const used = [
      ['predict', '--version', '1', '--input', 'rows.json'],
      ['predict', '--version', '1', '--input', '-'],
      ['data', 'check', 't.csv', '--checks', 'checks.yaml'],
      ['recipe', 'transform', 't.csv', '--recipe', 'recipe.json', '-o', 'features.csv'],
    ];
    for (const args of used) {
      expect(await run(folder, args, { input })).toMatchObject({ exitCode: 0, notes: '' });
    }
  });

  it('are refused, not guessed at, when they are not UTF-8', async () => {
    const folder = temporaryFolder();
    const rows = Array.from({ length: 60 }, (_, row) => `${row % 2 ? 'é' : 'e'},${row % 2}\n`);
    writeFileSync(join(folder, 't.csv'), `x,y\n${rows.join('')}`);
    const train = ['train', '--data', 't.csv', '--target', 'y', '-p', 'n_estimators=5'];
    expect((await run(folder, train)).exitCode).toBe(0);
    writeFileSync(join(folder, 'rows.json'), Buffer.from('[{"x":"é"}]', 'latin1'));

    const predict = ['predict', '--version', '1', '--input', 'rows.json'];
    expect(await run(folder, predict)).toMatchObject({
      exitCode: 2,
      notes: expect.stringMatching(/rows\.json is not JSON: it is not UTF-8\. \[/) as string,
    });
  });
});
