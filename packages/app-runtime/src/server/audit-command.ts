import { type AuditEvent, type AuditLog, openAuditLog } from '@gnu-mlops/registry-server';

/** What a person did at the command line, or a server by itself, for the audit log. */
export interface AuditedCommand {
  /** `tokens create`. */
  readonly action: string;
  readonly target: Readonly<Record<string, string>>;
}

/** Who did it, and whose clock tells when. */
export interface AuditedPerson {
  readonly userId: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What was done, as an event of the audit log. */
export function commandEvent({ userId, now }: AuditedPerson, command: AuditedCommand): AuditEvent {
  return {
    at: now(),
    actor: `user:${userId}`,
    address: null,
    ...command,
    status: null,
    outcome: 'done',
    omitted: 0,
  };
}

/** Tell a log that is not open here, in its folder. */
export async function auditCommand(
  auditFolder: string,
  person: AuditedPerson,
  command: AuditedCommand,
): Promise<void> {
  const log: AuditLog = openAuditLog(auditFolder);
  try {
    await log.append(commandEvent(person, command));
  } finally {
    log.close();
  }
}
