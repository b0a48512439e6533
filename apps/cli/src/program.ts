import { Command } from 'commander';
import { loadCommands } from './command-table.ts';
import type {
  CommandContext,
  CommandResult,
  GlobalSettings,
  RunCommand,
} from './command-context.ts';
import { createProgressDisplay } from './render/progress-display.ts';
import { createStyle } from './render/style.ts';
import type { Terminal } from './terminal.ts';
import { cliVersion } from './version.ts';

const exitCodes = `
Exit codes:
  0 done   1 unexpected failure   2 wrong usage or configuration   3 bad or missing input
  4 refused by a gate   5 not found in the registry   6 registry busy or out of reach
  130 interrupted

Documentation of every error code: docs/errors.md`;

/**
 * The command line as commander knows it, without commands.
 *
 * @see defineCommands
 */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('gnu-mlops');
  program
    .description('From a table to a model in production, and keep it healthy there.')
    .version(cliVersion, '-V')
    .option('-c, --config <file>', 'configuration file (default: configs/config.yaml if there)')
    .option('--json', 'print one JSON document instead of text', false)
    .option('-q, --quiet', 'no progress and no notes, only the result', false)
    .option('-v, --verbose', 'more notes, and causes behind an error', false)
    .addHelpText('after', exitCodes)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.writeOutput(text),
      writeErr: (text) => terminal.writeNote(text),
      // Errors are thrown by exitOverride and printed once, on one line, by runCli.
      outputError: () => {},
      getOutHasColors: () => terminal.hasColor,
    });

  return program;
}

/**
 * Add the commands that a line needs.
 *
 * @param args what follows the program's name.
 * @param exit takes the exit code of a command that ended by itself.
 */
export async function defineCommands(
  program: Command,
  args: readonly string[],
  { terminal, exit }: { readonly terminal: Terminal; readonly exit: (code: number) => void },
): Promise<void> {
  const run = runner(program, { args, terminal, exit });
  for (const define of await loadCommands(args)) define(program, run);
}

function runner(
  program: Command,
  {
    args,
    terminal,
    exit,
  }: Pick<CommandContext, 'args' | 'terminal'> & { readonly exit: (code: number) => void },
): RunCommand {
  return (body) =>
    async (...actionArguments) => {
      const command = actionArguments.at(-1) as Command;
      const settings = program.opts<GlobalSettings>();
      const isTalking = !settings.quiet && !settings.json;
      const display = createProgressDisplay(terminal, isTalking ? 'shown' : 'silent');
      let result: CommandResult;
      try {
        result = await body(
          {
            args,
            terminal,
            settings,
            style: createStyle(terminal.hasColor ? 'color' : 'plain'),
            onProgress: display.listener,
            print(text) {
              if (!isTalking) return;
              display.close();
              terminal.writeOutput(text);
            },
            note(text) {
              if (!isTalking) return;
              display.close();
              terminal.writeNote(`${text}\n`);
            },
          },
          command.opts() as never,
          command.processedArgs,
        );
      } finally {
        display.close();
      }
      terminal.writeOutput(
        settings.json
          ? `${JSON.stringify(result.json, null, result.isEvent ? 0 : 2)}\n`
          : result.text,
      );
      exit(result.exitCode ?? 0);
    };
}
