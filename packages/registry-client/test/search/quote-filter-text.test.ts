import { expect, it } from 'vitest';
import { parseFilter } from '../../src/search/parse-filter.ts';
import { quoteFilterText } from '../../src/search/quote-filter-text.ts';

it.each(['churn', "it's", `it's "x"`, "''", '\\', ''])('is read back as it was: %s', (text) => {
  expect(parseFilter(`name = ${quoteFilterText(text)}`)).toMatchObject({ value: text });
});
