import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTableName, quoteTableName } from '../../src/databricks/table-name.ts';

describe('parseTableName', () => {
  test.each([
    ['main.sales.orders', ['main', 'sales', 'orders']],
    ['sales.orders', ['cat', 'sales', 'orders']],
    ['orders', ['cat', 'sch', 'orders']],
    ['`my-cat`.`a.b`.`odd``name`', ['my-cat', 'a.b', 'odd`name']],
    ['main.größe.straße_1', ['main', 'größe', 'straße_1']],
  ])('reads %s', (text, [catalog, schema, table]) => {
    expect(parseTableName(text, { catalog: 'cat', schema: 'sch' })).toEqual({
      catalog,
      schema,
      table,
    });
  });

  test.each([
    '',
    'a b',
    'orders; DROP TABLE x',
    'a.b.c.d',
    'a..b',
    '.a',
    'a.',
    '`a',
    '``',
    "o'rders",
    'orders--',
    'delta.`/path`x',
  ])('throws DATA_DATABRICKS_NAME_INVALID for %j', (text) => {
    expect(() => parseTableName(text, { catalog: 'c', schema: 's' })).toThrow(
      expect.objectContaining({ code: 'DATA_DATABRICKS_NAME_INVALID' }),
    );
  });

  test('needs what no default stands for', () => {
    expect(() => parseTableName('orders', { catalog: 'main' })).toThrow(/left out/);
  });

  test('reads back what quoteTableName wrote, whatever the names hold', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(name, name, name, (catalog, schema, table) => {
        const quoted = quoteTableName({ catalog, schema, table });
        expect(parseTableName(quoted)).toEqual({ catalog, schema, table });
      }),
    );
  });
});
