/**
 * Whether a text matches a LIKE pattern: `%` stands for any characters, `_` for exactly one, and
 * case counts. Time grows with the product of the lengths at worst, for any pattern.
 */
export function matchLike(text: string, pattern: string): boolean {
  const characters = [...text];
  const wanted = [...pattern];
  let at = 0;
  let next = 0;
  let retryAt = 0;
  let afterPercent = -1;
  while (at < characters.length) {
    if (wanted[next] === '%') {
      afterPercent = ++next;
      retryAt = at;
    } else if (next < wanted.length && (wanted[next] === '_' || wanted[next] === characters[at])) {
      at++;
      next++;
    } else if (afterPercent >= 0) {
      next = afterPercent;
      at = ++retryAt;
    } else {
      return false;
    }
  }
  while (wanted[next] === '%') next++;
  return next === wanted.length;
}

/** As {@link matchLike}, whatever the case of either. */
export function matchIlike(text: string, pattern: string): boolean {
  return matchLike(text.toLowerCase(), pattern.toLowerCase());
}
