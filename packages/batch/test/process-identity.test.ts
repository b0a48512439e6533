import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { currentProcess, hasEnded } from '../src/process-identity.ts';

const self = currentProcess();

describe('hasEnded', () => {
  it('is false for this process, however often it is asked', () => {
    expect(hasEnded(currentProcess(), self)).toBe(false);
  });

  it('is true for an earlier process that had this pid', () => {
    expect(hasEnded({ ...self, startedAtMs: self.startedAtMs - 60_000 }, self)).toBe(true);
  });

  it('follows a child process until it is killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const other = { ...self, pid: child.pid! };
    expect(hasEnded(other, self)).toBe(false);

    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(hasEnded(other, self)).toBe(true);
  });

  it('is false for a process of another machine, about which nothing is known', () => {
    expect(hasEnded({ host: 'elsewhere', pid: 2 ** 30, startedAtMs: 0 }, self)).toBe(false);
  });
});
