import { type AuditHead, verifyAudit } from '@gnu-mlops/registry-server';
import { type Command, InvalidArgumentError } from 'commander';
import { resolve } from 'node:path';
import type { RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { formatAudit } from '../render/audit.ts';
import {
  type PlaceOptions,
  findServerPlace,
  registryOption,
  stateOption,
} from '../server/server-place.ts';

interface VerifyOptions extends PlaceOptions {
  readonly head?: readonly AuditHead[];
  readonly beginningMayBeMissing?: true;
}

/** `audit verify` */
export function defineAudit(program: Command, run: RunCommand): void {
  const audit = program.command('audit').description('what was done through a server, and by whom');

  audit
    .command('verify [folder]')
    .description('whether the audit log of a server is as it was written; code 3 if not')
    .addOption(registryOption)
    .addOption(stateOption)
    .option('--head <number:hash>', 'an entry that was noted elsewhere; may be repeated', headValue)
    .option('--beginning-may-be-missing', 'old files were cleared away on purpose')
    .addHelpText('after', helpExamples('audit verify', 'audit verify --json /var/lib/mlops/audit'))
    .action(
      run<VerifyOptions>(async (context, options, [folder]) => {
        const { auditFolder } = await findServerPlace(context, options);
        const path =
          folder === undefined ? auditFolder : resolve(context.terminal.cwd, folder as string);
        const verification = await verifyAudit(path, {
          knownHeads: options.head ?? [],
          beginning: options.beginningMayBeMissing ? 'may_be_missing' : 'required',
        });
        return {
          json: { folder: path, ...verification },
          text: formatAudit(path, verification, context.style),
          exitCode: verification.isValid ? 0 : 3,
        };
      }),
    );
}

function headValue(text: string, before: readonly AuditHead[] = []): AuditHead[] {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw new InvalidArgumentError('Give an entry as number:hash, as an earlier check printed it.');
  }
  return [...before, { sequence: Number(sequence), hash }];
}
