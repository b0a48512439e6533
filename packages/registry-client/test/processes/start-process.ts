import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS } from '@gnu-mlops/test-kit';
import { onTestFinished } from 'vitest';

/** Start a script of this folder, with messages to and fro, and wait until it says that it is ready. */
export async function startProcess(
  script: string,
  parameters: readonly string[] = [],
): Promise<ChildProcess> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(path, parameters, { execArgv: [...SOURCE_FLAGS] });
  onTestFinished(() => void child.kill());
  await once(child, 'message');
  return child;
}

/** Send a message to a process, and wait for what it says. */
export async function ask(child: ChildProcess, message: string | object): Promise<string> {
  child.send(message);
  const [answer] = (await once(child, 'message')) as [string];
  return answer;
}
