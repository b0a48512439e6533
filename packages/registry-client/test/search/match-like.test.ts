import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchIlike, matchLike } from '../../src/search/match-like.ts';

it('lets % stand for any characters and _ for one', () => {
  expect(matchLike('champion', 'champ%')).toBe(true);
  expect(matchLike('champion', '%pio_')).toBe(true);
  expect(matchLike('champion', 'champ_')).toBe(false);
  expect(matchLike('', '%')).toBe(true);
  expect(matchLike('', '_')).toBe(false);
  expect(matchLike('a\nb', 'a%b')).toBe(true);
  expect(matchLike('😀', '_')).toBe(true);
});

it('looks at case, and ILIKE does not', () => {
  expect(matchLike('Churn', 'churn')).toBe(false);
  expect(matchIlike('Churn ÄÖ', 'cHURN äö')).toBe(true);
});

it('takes no special meaning from other characters', () => {
  expect(matchLike('a.c', 'a.c')).toBe(true);
  expect(matchLike('abc', 'a.c')).toBe(false);
  expect(matchLike('a*[b]?', 'a*[b]?')).toBe(true);
});

it('agrees with a recursive definition', () => {
  const character = fc.constantFrom('a', 'b', '%', '_');
  const texts = fc.string({ unit: character, maxLength: 8 });
  fc.assert(
    fc.property(texts, texts, (text, pattern) => {
      expect(matchLike(text, pattern)).toBe(matchSlowly(text, pattern));
    }),
    { numRuns: 2000 },
  );
});

it('stays fast on patterns that defeat backtracking', () => {
  expect(matchLike('a'.repeat(5000), `${'%a'.repeat(50)}%b`)).toBe(false);
});

function matchSlowly(text: string, pattern: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern[0] === '%') {
    return matchSlowly(text, rest) || (text !== '' && matchSlowly(text.slice(1), pattern));
  }
  return (
    text !== '' &&
    (pattern[0] === '_' || pattern[0] === text[0]) &&
    matchSlowly(text.slice(1), rest)
  );
}
