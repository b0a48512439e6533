const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** The content of every element of a name, in order, as it stands there. */
export function xmlElements(xml: string, name: string): string[] {
  const element = new RegExp(`<${name}(?:\\s[^>]*)?>([^]*?)</${name}>`, 'g');
  return Array.from(xml.matchAll(element), ([, content]) => content!);
}

/** The text of the first element of a name; undefined where there is none. */
export function xmlText(xml: string, name: string): string | undefined {
  const content = xmlElements(xml, name)[0];
  return content?.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return entities[entity] ?? whole;
    const isHex = /^#x/i.test(entity);
    return String.fromCodePoint(parseInt(entity.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  });
}
