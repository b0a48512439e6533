import type { TransferContext } from '@gnu-mlops/registry-client/transfer';
import type { CommandContext } from './command-context.ts';

/** A copy shows its progress, and ends when the person interrupts. */
export function transferContext({ terminal, onProgress }: CommandContext): TransferContext {
  return { signal: terminal.signal, onProgress };
}
