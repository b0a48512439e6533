import type { Command } from 'commander';
import type { RunCommand } from './command-context.ts';

/** Adds a command to the program. */
export type DefineCommand = (program: Command, run: RunCommand) => void;

/**
 * Every command, in the order of the help. Each is loaded when it is named, so that a short command
 * does not wait for what a long one needs.
 */
const commandTable: ReadonlyMap<string, () => Promise<DefineCommand>> = new Map([
  ['quickstart', async () => (await import('./commands/quickstart.ts')).defineQuickstart],
  ['init', async () => (await import('./commands/init.ts')).defineInit],
  ['data', async () => (await import('./commands/data.ts')).defineData],
  ['recipe', async () => (await import('./commands/recipe.ts')).defineRecipe],
  ['train', async () => (await import('./commands/train.ts')).defineTrain],
  ['tune', async () => (await import('./commands/tune.ts')).defineTune],
  ['deploy', async () => (await import('./commands/deploy.ts')).defineDeploy],
  ['predict', async () => (await import('./commands/predict.ts')).definePredict],
  ['batch', async () => (await import('./commands/batch.ts')).defineBatch],
  ['experiments', async () => (await import('./commands/experiments.ts')).defineExperiments],
  ['runs', async () => (await import('./commands/runs.ts')).defineRuns],
  ['models', async () => (await import('./commands/models.ts')).defineModels],
  ['registry', async () => (await import('./commands/registry.ts')).defineRegistry],
  ['server', async () => (await import('./commands/server.ts')).defineServer],
  ['audit', async () => (await import('./commands/audit.ts')).defineAudit],
  ['config', async () => (await import('./commands/config.ts')).defineConfig],
]);

/**
 * The commands that a line needs: the one that it names or, where it names none, all of them, for the
 * help and for what is said of a typing error.
 *
 * @param args what follows the program's name.
 */
export async function loadCommands(args: readonly string[]): Promise<DefineCommand[]> {
  if (args.length === 1 && /^(-V|--version)$/.test(args[0]!)) return [];
  const named = commandTable.get(firstOperand(args) ?? '');
  const wanted = named === undefined ? [...commandTable.values()] : [named];
  return Promise.all(wanted.map((load) => load()));
}

/** The first argument that is neither an option nor an option's value. */
function firstOperand(args: readonly string[]): string | undefined {
  return args.find((arg, index) => {
    const before = args[index - 1];
    return !arg.startsWith('-') && before !== '-c' && before !== '--config';
  });
}
