import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';

const terminalModule = fileURLToPath(new URL('../src/process-terminal.ts', import.meta.url));

/** A process that does something with its terminal. */
function startProcess(body: string, stdout: 'pipe' | number = 'pipe'): ChildProcess {
  const script = `
    const { processTerminal } = await import(${JSON.stringify(terminalModule)});
    const terminal = processTerminal();
    ${body}`;
  const args = [...SOURCE_FLAGS, '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { stdio: ['pipe', stdout, 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('the terminal of a process', () => {
  it('stops waiting for standard input when the person interrupts', async () => {
    const child = startProcess(`
      const reading = terminal.readInput();
      terminal.writeNote('reading');
      await reading.catch((error) => terminal.writeOutput(error.name));`);
    await once(child.stderr!, 'data');
    child.kill('SIGINT');
    expect(await text(child.stdout!)).toBe('AbortError');
  }, 20_000);

  it('reads standard input to its end', async () => {
    const child = startProcess(`terminal.writeOutput(String(await terminal.readInput()));`);
    child.stdin!.end('[{"tenure": 1}]');
    expect(await text(child.stdout!)).toBe('[{"tenure": 1}]');
  }, 20_000);

  it('goes on with its work, and has its own exit code, when the reader of a pipe went away', async () => {
    const child = startProcess(`
      process.once('SIGUSR2', () => {
        for (const write of [terminal.writeOutput, terminal.writeNote]) write('x'.repeat(1e6));
        setTimeout(() => process.exit(3), 100);
      });
      terminal.writeNote('ready');
      setInterval(() => {}, 1000);`);
    await once(child.stderr!, 'data');
    child.stdout!.destroy();
    child.stderr!.destroy();
    child.kill('SIGUSR2');
    expect(await once(child, 'exit')).toEqual([3, null]);
  }, 20_000);

  it.skipIf(!existsSync('/dev/full'))(
    'ends with code 1 and one line when its result cannot be written',
    async () => {
      const full = openSync('/dev/full', 'w');
      onTestFinished(() => closeSync(full));
      const child = startProcess(
        `for (let line = 0; line < 3; line++) terminal.writeOutput('the result\\n');`,
        full,
      );
      const notes = text(child.stderr!);
      expect(await once(child, 'exit')).toEqual([1, null]);
      expect(await notes).toMatch(
        /^error: The result could not be written to standard output \(ENOSPC.*\)\..*\n$/,
      );
    },
    20_000,
  );
});
