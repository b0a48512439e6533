import { crc32 } from 'node:zlib';

/** One line of a journal: a checksum of eight hex digits, a space, JSON text, a line feed. */
export function formatJournalLine(value: object): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

/** What a line says, without its line feed; undefined when it is not whole. */
export function parseJournalLine(line: string): unknown {
  const json = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(json)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0');
}
