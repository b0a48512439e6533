import type { Command } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';

import { formatGarbage } from '../render/garbage.ts';
import { durationMs } from '../server/duration.ts';
import { withRegistry } from '../with-registry.ts';

interface GarbageOptions {
  readonly olderThan: number;
  readonly yes?: true;
}

/** `registry gc` */
export function defineRegistry(program: Command, run: RunCommand): void {
  const registry = program.command('registry').description('look after the registry itself');

  registry
    .command('gc')
    .description('say what would be removed for good of what was deleted; with --yes, remove it')
    .option('--older-than <time>', 'only what was deleted that long ago: 30d, 12h', durationMs, 0)
    .option('--yes', 'yes, for good')
    .addHelpText('after', helpExamples('registry gc', 'registry gc --older-than 30d --yes'))
    .action(
      run<GarbageOptions>((context, { olderThan, yes }) =>
        withRegistry(context, async (workspace) => {
          const { now, signal } = context.terminal;
          const mode = yes ? 'remove' : 'plan';
          const request = { deletedBefore: Math.max(0, now() - olderThan), mode } as const;
          const report = await workspace.registry.collectGarbage(request, { signal });
          return { json: { mode, ...report }, text: formatGarbage(report, mode, context.style) };
        }),
      ),
    );
}
