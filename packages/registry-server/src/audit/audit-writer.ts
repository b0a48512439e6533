import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import {
  type AuditEvent,
  type AuditHead,
  FIRST_HEAD,
  readAuditLine,
  sealAuditEvent,
  sha256,
} from './audit-entry.ts';
import { type AuditFiles, rotatedLog } from './audit-files.ts';
import { readAuditHead, writeAuditHead } from './audit-head.ts';
import { readAuditTail } from './audit-tail.ts';

/** Adds lines to a log. Only to be used while the log's lock is held. */
export interface AuditWriter {
  /** Write all or, where that throws, none. @returns the head after them. */
  write(events: readonly AuditEvent[]): AuditHead;
  /** Bring what was written to disk. */
  sync(): void;
  close(): void;
}

/** What the next line follows. */
interface Position {
  readonly head: AuditHead;
  /** Before the line: the end that the line before lacks. */
  readonly prefix: '' | '\n';
  readonly torn: string | null;
}

/**
 * Also to be called while the lock is held.
 *
 * @param maxBytes a log that is larger is moved aside first.
 */
export function createAuditWriter(files: AuditFiles, maxBytes: number): AuditWriter {
  const { O_APPEND, O_CREAT, O_RDWR } = constants;
  const headFile = openSync(files.head, O_CREAT | O_RDWR, 0o600);
  if (fstatSync(headFile).size === 0) writeAuditHead(headFile, FIRST_HEAD);
  let log: number | undefined;
  let position: Position | undefined;
  let expectedSize = -1;

  /** The log by its name, which another program may have moved aside. */
  function openLog(): number {
    if (log !== undefined) {
      const [own, named] = [fstatSync(log), statSync(files.log, { throwIfNoEntry: false })];
      if (named?.ino === own.ino && own.size === expectedSize) return log;
      closeSync(log);
      log = undefined;
    }
    position = undefined;
    return (log = openSync(files.log, O_APPEND | O_CREAT | O_RDWR, 0o600));
  }

  function moveFullLog(file: number): number {
    if (fstatSync(file).size < maxBytes) return file;
    const { head } = currentPosition(file);
    // A crash may have kept it from being written; the new log has no lines to find it in.
    writeAuditHead(headFile, head);
    renameSync(files.log, rotatedLog(files.folder, head.sequence));
    return openLog();
  }

  /** Where the chain stands, from the files when another process may have added to them. */
  function currentPosition(file: number): Position {
    return (position ??= readPosition(file, files.head));
  }

  return {
    write(events) {
      const file = moveFullLog(openLog());
      const { text, head } = sealAll(events, currentPosition(file));
      const bytes = Buffer.from(text);
      const { size } = fstatSync(file);
      expectedSize = -1;
      appendWhole(file, bytes, size);
      writeAuditHead(headFile, head);
      expectedSize = size + bytes.length;
      position = { head, prefix: '', torn: null };
      return head;
    },
    sync() {
      if (log !== undefined) fsyncSync(log);
      fsyncSync(headFile);
    },
    close() {
      if (log !== undefined) closeSync(log);
      closeSync(headFile);
    },
  };
}

/** A full disk may take a part: nobody was told of it, so it goes again. */
function appendWhole(file: number, bytes: Buffer, size: number): void {
  let written = 0;
  try {
    written = writeSync(file, bytes);
  } finally {
    if (written < bytes.length) ftruncateSync(file, size);
  }
  if (written < bytes.length) throw new Error('the disk is full');
}

function sealAll(
  events: readonly AuditEvent[],
  { head: start, prefix, torn }: Position,
): { text: string; head: AuditHead } {
  let head = start;
  let text: string = prefix;
  for (const [index, event] of events.entries()) {
    const sealed = sealAuditEvent(event, head, index === 0 ? torn : null);
    text += `${sealed.line}\n`;
    head = sealed.head;
  }
  return { text, head };
}

/**
 * Where to go on. A head that is ahead of the log says that lines were cut off: the chain goes on
 * from the head all the same, so that the gap shows for ever.
 */
function readPosition(file: number, headPath: string): Position {
  const tail = readAuditTail(file);
  const saved = readAuditHead(headPath) ?? FIRST_HEAD;
  const found = tail.head ?? FIRST_HEAD;
  const head = found.sequence > saved.sequence ? found : saved;
  const isWhole = readAuditLine(tail.rest.toString('utf8')) !== undefined;
  return {
    head,
    prefix: tail.rest.length === 0 ? '' : '\n',
    torn: tail.rest.length === 0 || isWhole ? null : sha256(tail.rest),
  };
}
