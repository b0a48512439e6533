const longest = 500;

/**
 * What a server says, fit to stand in a message: its first line that says something, without control
 * characters, which terminals obey, without the queries of URLs, which may be signatures, and without the
 * full stop at its end; at most 500 characters.
 */
export function serverWords(text: string): string {
  const line = text.split(/\r?\n/).find((each) => each.trim() !== '') ?? '';
  return withoutUrlQueries(line)
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, longest)
    .replace(/[\s.]+$/, '');
}

/** A text whose URLs end before their queries. */
function withoutUrlQueries(text: string): string {
  return text.replace(/\b(https?:\/\/[^\s?#"']+)[?#][^\s"']*/gi, '$1');
}
