import { type AuditEvent, openAuditLog } from '@gnu-mlops/registry-server';
import type { CommandContext } from '../command-context.ts';
import type { ServerPlace } from './server-place.ts';

/** What a command did, for the audit log. */
export interface AuditedCommand {
  /** `tokens create`. */
  readonly action: string;
  readonly target: Readonly<Record<string, string>>;
}

/** What a person did at the command line, as an event of the audit log. */
export function commandEvent({ terminal }: CommandContext, command: AuditedCommand): AuditEvent {
  return {
    at: terminal.now(),
    actor: `user:${terminal.userId}`,
    address: null,
    ...command,
    status: null,
    outcome: 'done',
    omitted: 0,
  };
}

/** Tell a log that is not open here. */
export async function auditCommand(
  context: CommandContext,
  place: ServerPlace,
  command: AuditedCommand,
): Promise<void> {
  const log = openAuditLog(place.auditFolder);
  try {
    await log.append(commandEvent(context, command));
  } finally {
    log.close();
  }
}
