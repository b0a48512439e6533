import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { readTextStyle } from '../src/text-style.ts';

async function styleOf(text: string, firstLine = 'a,b') {
  const path = join(temporaryFolder(), 'a.csv');
  writeFileSync(path, text);
  const { byteOrderMark, lineEnding } = await readTextStyle(
    path,
    new TextEncoder().encode(firstLine),
  );
  return [byteOrderMark.length, lineEnding];
}

describe('readTextStyle', () => {
  it('tells line endings apart', async () => {
    expect(await styleOf('a,b\n1,2\n')).toEqual([0, '\n']);
    expect(await styleOf('a,b\r\n1,2\r\n')).toEqual([0, '\r\n']);
    expect(await styleOf('a,b\r1,2\r')).toEqual([0, '\r']);
  });

  it('counts a file of one line as ending in a line feed', async () => {
    expect(await styleOf('a,b')).toEqual([0, '\n']);
  });

  it('finds the byte order mark, and the first line below blank ones', async () => {
    expect(await styleOf('\uFEFFa,b\r\n')).toEqual([3, '\r\n']);
    expect(await styleOf('\uFEFF\n\na,b\r\n1,2\n')).toEqual([3, '\r\n']);
  });

  it('looks behind a line break that is part of a quoted name', async () => {
    expect(await styleOf('"a\nb",c\r\n1,2\r\n', '"a\nb",c')).toEqual([0, '\r\n']);
  });
});
