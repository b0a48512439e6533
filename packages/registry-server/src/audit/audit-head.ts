import { readFileSync, writeSync } from 'node:fs';
import type { AuditHead } from './audit-entry.ts';

/** Always as long, so that writing over the old one is one write. */
function formatAuditHead({ sequence, hash }: AuditHead): string {
  return `${String(sequence).padStart(16, '0')} ${hash}\n`;
}

/** @returns undefined when there is no file, or none that was written here. */
export function readAuditHead(path: string): AuditHead | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const match = /^(\d{16}) ([0-9a-f]{64})\n$/.exec(text);
  return match === null ? undefined : { sequence: Number(match[1]), hash: match[2]! };
}

/** @param file open for writing. */
export function writeAuditHead(file: number, head: AuditHead): void {
  writeSync(file, formatAuditHead(head), 0);
}
