import { expect, test } from 'vitest';
import { serverWords } from '../src/server-words.ts';

test.each([
  ['No such table.', 'No such table'],
  ['\n\n  first line \nsecond', 'first line'],
  ['\u001b[2J\u001b[31mred\u0007 alert', '[2J [31mred  alert'],
  ['request to https://s.example/a?sig=hush&x=1 failed', 'request to https://s.example/a failed'],
  ['see "HTTPS://s.example/a#hush", twice http://b?c', 'see "HTTPS://s.example/a", twice http://b'],
  ['x'.repeat(1000), 'x'.repeat(500)],
  ['...', ''],
])('of %j are %j', (text, words) => {
  expect(serverWords(text)).toBe(words);
});
