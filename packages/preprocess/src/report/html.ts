/** Text as it stands in HTML, in an attribute too: nothing in it is markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A whole number with separators: 7,043. */
export function showCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A number in at most four figures; a time in milliseconds as its day. */
export function showNumber(value: number, isTime = false): string {
  if (isTime) {
    const time = new Date(value);
    if (!Number.isNaN(time.getTime())) return time.toISOString().replace(/T(\d\d:\d\d).*/, ' $1');
  }
  const short = Number(value.toPrecision(4));
  const magnitude = Math.abs(short);
  if (Number.isInteger(short) && magnitude < 1e15) {
    return `${short < 0 ? '-' : ''}${showCount(magnitude)}`;
  }
  return String(short);
}

/** A share in per cent: `12.5 %`; a little is not nothing. */
export function showShare(share: number): string {
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  return `${Number((100 * share).toFixed(1))} %`;
}

/** Cut off, so that one cell cannot fill the page. */
export function shorten(text: string, most = 28): string {
  const letters = [...text.slice(0, 2 * most + 2)];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}
