import type { ProgressListener } from '@gnu-mlops/core';
import type { Style } from './render/style.ts';
import type { Terminal } from './terminal.ts';

/** The options that every command takes. */
export interface GlobalSettings {
  readonly config?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What a command works with. */
export interface CommandContext {
  /** What was typed behind the program's name. */
  readonly args: readonly string[];
  readonly terminal: Terminal;
  readonly settings: GlobalSettings;
  readonly style: Style;
  readonly onProgress: ProgressListener;
  /** Write part of the result as soon as it is known; silent under --quiet and --json. */
  print(text: string): void;
  /** Say something that is not the result, to the person only; silent under --quiet and --json. */
  note(text: string): void;
}

/** What a command has to say: the same thing for a program and for a person. */
export interface CommandResult {
  /** Plain data; a figure that is no number is printed as null. */
  readonly json: object;
  /** Whether `json` is the last of several events, which stand on one line each. */
  readonly isEvent?: boolean;
  /** Ends with a newline; empty when there is nothing to say. */
  readonly text: string;
  /** Default 0. */
  readonly exitCode?: number;
}

/** Turns the body of a command into commander's action: runs it, prints what it gives. */
export type RunCommand = <Options extends object>(
  body: (
    context: CommandContext,
    options: Options,
    args: readonly (string | readonly string[] | undefined)[],
  ) => Promise<CommandResult>,
) => (...actionArguments: unknown[]) => Promise<void>;
