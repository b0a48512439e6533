import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { matchIlike, matchLike } from '../../src/search/match-like.ts';
import { openConnection } from '../../src/sqlite/connection.ts';
import { likePattern } from '../../src/sqlite/like-pattern.ts';

/** With what SQLite and we see differently: NUL, capitals beyond ASCII, the Kelvin sign. */
const characters = [...'abAB%_*?[]^-\\', '\0', 'ä', 'Ä', 'İ', 'ſ', '\u212a', '😀', '\n'];
const texts = fc.string({ unit: fc.constantFrom(...characters), maxLength: 8 });

it('means in SQL what LIKE and ILIKE mean, for any text', () => {
  const db = openConnection(':memory:', 0);
  onTestFinished(() => db.close());
  const matches = (operator: 'LIKE' | 'ILIKE', text: string, pattern: string) => {
    const { sql, parameters } = likePattern('value', operator, pattern);
    const select = `SELECT ${sql} AS found FROM (SELECT ? AS value)`;
    return db.get<{ found: number }>(select, [...parameters, text])!.found === 1;
  };
  fc.assert(
    fc.property(texts, texts, (text, pattern) => {
      expect(matches('LIKE', text, pattern)).toBe(matchLike(text, pattern));
      expect(matches('ILIKE', text, pattern)).toBe(matchIlike(text, pattern));
    }),
    { numRuns: 3000 },
  );
  expect(matches('LIKE', 'x', `${'%'.repeat(60_000)}x`)).toBe(true);
});

it('stays fast on patterns that defeat backtracking', () => {
  const db = openConnection(':memory:', 0);
  onTestFinished(() => db.close());
  const text = 'a'.repeat(5000);
  const pattern = `${'%a'.repeat(50)}%b`;
  for (const operator of ['LIKE', 'ILIKE'] as const) {
    const { sql, parameters } = likePattern('value', operator, pattern);
    const select = `SELECT ${sql} AS found FROM (SELECT ? AS value)`;
    expect(db.get(select, [...parameters, text])).toEqual({ found: 0 });
  }
});
