import { type AuditLog, openAuditLog } from '@gnu-mlops/registry-server';
import type { CommandContext } from '../command-context.ts';
import type { ServerPlace } from './server-place.ts';

/** What a command did, for the audit log. */
export interface AuditedCommand {
  /** `tokens create`. */
  readonly action: string;
  readonly target: Readonly<Record<string, string>>;
}

/** Tell an open audit log what a person did at the command line. */
export function tellCommand(
  log: AuditLog,
  { terminal }: CommandContext,
  { action, target }: AuditedCommand,
): Promise<void> {
  return log.append({
    at: terminal.now(),
    actor: `user:${terminal.userId}`,
    address: null,
    action,
    target,
    status: null,
    outcome: 'done',
    omitted: 0,
  });
}

/** The same for a log that nobody has open here. */
export async function auditCommand(
  context: CommandContext,
  place: ServerPlace,
  command: AuditedCommand,
): Promise<void> {
  const log = openAuditLog(place.auditFolder);
  try {
    await tellCommand(log, context, command);
  } finally {
    log.close();
  }
}
