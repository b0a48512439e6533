/** A text for the terminal: without what would move the cursor or paint it, and short. */
export function oneLine(text: string, longest = 40): string {
  const letters = [...text.slice(0, 2 * longest).replace(/\p{Cc}/gu, ' ')];
  const isLong = letters.length > longest || text.length > 2 * longest;
  return isLong ? `${letters.slice(0, longest - 3).join('')}...` : letters.join('');
}
