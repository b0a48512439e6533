import type { UsedFallback } from '@gnu-mlops/pipeline';
import type { CommandContext } from './command-context.ts';

/**
 * Tell, whatever else is silent, that other rows are trained on than the wanted ones.
 *
 * @returns what a training calls when it happens.
 */
export function warnOfFallback({
  terminal,
  style,
}: Pick<CommandContext, 'terminal' | 'style'>): (fallback: UsedFallback) => void {
  return ({ wanted, error }) =>
    terminal.writeNote(
      `${style.warn('warning')}  ${wanted.dataSource} is out of reach, and data.fallback stands in for ` +
        `${wanted.uri}: the model will not know its rows. ${error.message} [${error.code}]\n`,
    );
}
