import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { openCsvSource } from '../src/csv-source.ts';
import { writeInto } from './read-texts.ts';

async function detect(text: string, chunkBytes = 1000): Promise<string> {
  const source = await openCsvSource(writeInto(temporaryFolder(), text), { chunkBytes });
  await source.close();
  return source.delimiter;
}

describe('detectDelimiter', () => {
  it.each([
    ['a,b', ','],
    ['a;b;c', ';'],
    ['a\tb', '\t'],
    ['a|b', '|'],
  ])('takes the only one that splits the header: %j', async (header, delimiter) => {
    for (const chunkBytes of [1, 4, 1000]) {
      expect(await detect(`${header}\n1,5;2;3\n`, chunkBytes)).toBe(delimiter);
    }
  });

  it('looks past delimiters in quoted names', async () => {
    expect(await detect('"a,b";"c,\nd"\n1;2\n')).toBe(';');
  });

  it.each(['a', 'a;b,c', 'a;b|c'])('takes a comma where none or several do: %j', async (header) => {
    expect(await detect(`${header}\n`)).toBe(',');
  });

  it('looks at the first line that is not blank', async () => {
    expect(await detect('\ufeff\r\n\r\na;b\r\n1;2')).toBe(';');
  });
});
