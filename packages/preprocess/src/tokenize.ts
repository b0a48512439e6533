/** Runs of two or more letters, digits and underscores. */
const word = /[\p{L}\p{N}_]{2,}/gu;

/**
 * The words of a text, in lower case, in order.
 *
 * @see scikit-learn CountVectorizer, its default analyzer.
 */
export function tokenize(text: string): string[] {
  return text.toLowerCase().match(word) ?? [];
}
