/** A run, logged model or version at the beginning of a sentence. */
export function ownerInWords(ownerId: string): string {
  if (ownerId.startsWith('version ')) return ownerId.replace('v', 'V');
  return `${ownerId.startsWith('m-') ? 'Logged model' : 'Run'} ${ownerId}`;
}

/** A value as messages show it, cut where it is long. */
export function quoteShort(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
