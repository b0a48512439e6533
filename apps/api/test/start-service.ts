import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { runApi } from '../src/run-api.ts';

/** A line of the log. */
export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** What the service said and how it ended. */
export interface Ended {
  readonly exitCode: number;
  readonly log: readonly LogLine[];
  /** As it was written. */
  readonly logText: string;
  readonly notices: string;
}

export interface Environment {
  readonly [name: string]: string;
}

function start(cwd: string, env: Environment, args: readonly string[]) {
  const ending = new AbortController();
  let logText = '';
  let notices = '';
  const log = () =>
    logText
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  const ended = runApi(args, {
    ...{ cwd, env, userId: 'tester', now: Date.now, signal: ending.signal },
    writeLog: (line) => void (logText += line),
    writeNotice: (text) => void (notices += text),
  }).then((exitCode): Ended => ({ exitCode, log: log(), logText, notices }));
  return { ended, ending, log, notices: () => notices };
}

/** Run a service that ends by itself. */
export function runService(
  cwd: string,
  env: Environment = {},
  args: readonly string[] = [],
): Promise<Ended> {
  return start(cwd, env, args).ended;
}

/** A service in this process, on any free port, until the test ends. */
export async function startService(cwd: string, env: Environment = {}) {
  const all = { GNU_MLOPS_SERVER_PORT: '0', ...env };
  const { ended, ending, log, notices } = start(cwd, all, []);
  onTestFinished(async () => {
    ending.abort();
    await ended;
  });
  const ready = () => log().find(({ msg }) => msg === 'ready');
  let early: Ended | undefined;
  void ended.then((end) => (early = end));
  while (ready() === undefined) {
    if (early !== undefined) throw new Error(early.logText);
    await setTimeout(5);
  }
  const { port } = new URL(ready()!['url'] as string);
  return {
    url: ready()!['url'] as string,
    /** Where it is asked on loopback, wherever it listens. */
    local: `http://127.0.0.1:${port}`,
    log,
    notices,
    stop: () => {
      ending.abort();
      return ended;
    },
  };
}
