/** A sum as deep as a balanced tree: databases bound the depth of an expression. */
export function sqlSum(terms: readonly string[]): string {
  if (terms.length === 1) return terms[0]!;
  const half = terms.length >> 1;
  return `(${sqlSum(terms.slice(0, half))} + ${sqlSum(terms.slice(half))})`;
}
