import { CommanderError } from 'commander';
import type { GlobalSettings } from './command-context.ts';
import { createProgram, defineCommands } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Run one command line.
 *
 * @param args what follows the program's name.
 * @returns the exit code: 0 done, otherwise as `docs/errors.md` lists.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal);
  try {
    await defineCommands(program, args, { terminal, exit: (code) => (exitCode = code) });
    // Commands have a --version of their own, which names a model version.
    const line = args.length === 1 && args[0] === '--version' ? ['-V'] : args;
    await program.parseAsync(line, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // A group of commands without one of them: commander has shown the help.
      if (error.code === 'commander.help') return 2;
      terminal.writeNote(`error: ${usageMessage(error)}\n`);
      return 2;
    }
    if (terminal.signal.aborted) {
      terminal.writeNote('Interrupted: what is half done is not taken for whole.\n');
      return 130;
    }
    const { describeError, errorOutcome } = await import('./failures.ts');
    const verbose = program.opts<GlobalSettings>().verbose;
    terminal.writeNote(`error: ${describeError(error, { verbose })}\n`);
    return errorOutcome(error).exitCode;
  }
}

/** Commander's message on one line, with where to look next. */
function usageMessage(error: CommanderError): string {
  const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return `${/[.?)]$/.test(message) ? message : `${message}.`} See --help.`;
}
