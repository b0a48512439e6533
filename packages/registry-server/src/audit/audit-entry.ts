import { hash } from 'node:crypto';

/** What somebody did or tried. */
export interface AuditEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `token:<id>`, `local` (no token needed), `anonymous` (none given), `user:<name>` of a command. */
  readonly actor: string;
  /** Where from; null: not over the network. */
  readonly address: string | null;
  /** `POST /api/2.0/mlflow/runs/create`, `tokens revoke`. */
  readonly action: string;
  /** Ids and names of what it was done to: `run_id`, `name`, `version`; never contents. */
  readonly target: Readonly<Record<string, string>>;
  /** The answer's HTTP status; null: not over HTTP. */
  readonly status: number | null;
  readonly outcome: 'done' | 'refused' | 'failed';
  /** Refused requests before this one that are not in the log, because there were too many. */
  readonly omitted: number;
}

/** The end of a chain: what the next entry follows. */
export interface AuditHead {
  /** 0: the chain is empty. */
  readonly sequence: number;
  readonly hash: string;
}

/** What can be read of a line by whoever checks it. */
export interface AuditEntry extends Omit<AuditEvent, 'at'>, AuditHead {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** SHA-256 of an unfinished line right before this one, which a crash left; else null. */
  readonly torn: string | null;
  readonly previousHash: string;
}

/** What the first entry follows. */
export const FIRST_HEAD: AuditHead = { sequence: 0, hash: '0'.repeat(64) };

/** A line as it is written, without its end, and the head that it makes. */
export interface SealedLine {
  readonly line: string;
  readonly head: AuditHead;
}

/**
 * Chain an event to what came before: `hash` is the SHA-256 of the line without this last member, so
 * that any program can check it.
 */
export function sealAuditEvent(
  { at, ...event }: AuditEvent,
  previous: AuditHead,
  torn: string | null = null,
): SealedLine {
  const sequence = previous.sequence + 1;
  const body = JSON.stringify({
    sequence,
    at: new Date(at).toISOString(),
    actor: event.actor,
    address: event.address,
    action: event.action,
    target: event.target,
    status: event.status,
    outcome: event.outcome,
    omitted: event.omitted,
    torn,
    previousHash: previous.hash,
  });
  const digest = sha256(body);
  return {
    line: `${body.slice(0, -1)},"hash":"${digest}"}`,
    head: { sequence, hash: digest },
  };
}

/**
 * Read a line back.
 *
 * @returns undefined for a line that is no entry, or whose hash is not that of its contents.
 */
export function readAuditLine(line: string): AuditEntry | undefined {
  const match = /^(\{"sequence":\d+,.*),"hash":"([0-9a-f]{64})"\}$/s.exec(line);
  if (match === null || sha256(`${match[1]}}`) !== match[2]) return undefined;
  return JSON.parse(line) as AuditEntry;
}

/** 64 hex digits. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}
