import { describe, expect, it } from 'vitest';
import { createStyle } from '../src/render/style.ts';
import { formatTable } from '../src/render/text-table.ts';

const plain = createStyle('plain');

describe('formatTable', () => {
  it('makes columns as wide as their widest cell, numbers on the right', () => {
    const columns = [{ title: 'name' }, { title: 'n', align: 'right' as const }];
    const rows = [
      ['a', '1'],
      ['größe 😀', '100'],
    ];
    expect(formatTable(columns, rows, plain)).toBe('name       n\na          1\ngröße 😀  100\n');
  });

  it('shows more rows than a call takes arguments', () => {
    const rows = Array.from({ length: 300_000 }, (_, row) => [String(row)]);
    const text = formatTable([{ title: 'row', align: 'right' }], rows, plain);
    expect(text.slice(-14)).toBe('299998\n299999\n');
  });
});
