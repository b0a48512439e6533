import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TimedContender } from './benchmark.ts';

/** A contender in a process of its own, which does its work once for each line that it is sent. */
export interface TimedProcess {
  readonly name: string;
  /** @returns wall-clock milliseconds, as the process measures them. */
  run(): Promise<number>;
  stop(): Promise<void>;
}

/** Start one. The first line that it prints is its name, each further one the time of a run. */
export async function startTimedProcess(
  command: string,
  parameters: readonly string[],
): Promise<TimedProcess> {
  const process = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ${parameters.join(' ')} ended before its time.`);
    return value;
  };
  return {
    name: await nextLine(),
    async run() {
      process.stdin.write('\n');
      return Number(await nextLine());
    },
    async stop() {
      const ended = once(process, 'exit');
      process.stdin.end();
      await ended;
    },
  };
}

/** Let contenders take turns, so that what else the machine does hits all of them alike. */
export async function timeInTurns(
  processes: readonly TimedProcess[],
  runs: number,
): Promise<TimedContender[]> {
  for (const process of processes) await process.run();
  const contenders = processes.map(({ name }) => ({ name, timesMs: [] as number[] }));
  for (let run = 0; run < runs; run++) {
    for (const [i, process] of processes.entries()) {
      contenders[i]!.timesMs.push(await process.run());
    }
  }
  return contenders;
}
