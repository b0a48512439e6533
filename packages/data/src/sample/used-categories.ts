import type { Column } from '@gnu-mlops/core';

/** The same column; one of categories with no others than those that it uses, in their order. */
export function usedCategories(column: Column): Column {
  if (column.kind !== 'categorical') return column;
  const used = new Uint8Array(column.dictionary.length);
  for (const code of column.codes) if (code >= 0) used[code] = 1;
  const dictionary: string[] = [];
  const newCode = Int32Array.from(used, (isUsed, code) =>
    isUsed === 1 ? dictionary.push(column.dictionary[code]!) - 1 : -1,
  );
  const codes = column.codes.map((code) => (code < 0 ? code : newCode[code]!));
  return { kind: 'categorical', codes, dictionary };
}
