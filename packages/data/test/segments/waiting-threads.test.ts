import { availableParallelism } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HelperThread } from '../../src/segments/helper-thread.ts';

// Other tests of this process leave real threads waiting, and take those that wait: a module of our own.
vi.resetModules();
const { leaveWaiting, takeWaitingThread } = await import('../../src/segments/waiting-threads.ts');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const makeThread = () => ({ work: () => Promise.resolve(true), end: vi.fn() }) as HelperThread;

describe('leaveWaiting', () => {
  it('keeps threads for whoever takes them', () => {
    const thread = makeThread();
    leaveWaiting(thread);
    expect(takeWaitingThread()).toBe(thread);
    expect(takeWaitingThread()).toBeUndefined();
    vi.runAllTimers();
    expect(thread.end).not.toHaveBeenCalled();
  });

  it('ends threads that are more than the machine has use for', () => {
    const threads = Array.from({ length: availableParallelism() + 2 }, makeThread);
    threads.forEach(leaveWaiting);
    const ended = threads.filter(({ end }) => vi.mocked(end).mock.calls.length > 0);
    expect(ended).toEqual(threads.slice(-2));
    vi.runAllTimers();
    expect(takeWaitingThread()).toBeUndefined();
  });

  it('ends a thread that nobody takes', () => {
    const taken = makeThread();
    const left = makeThread();
    leaveWaiting(left);
    vi.advanceTimersByTime(1000);
    leaveWaiting(taken);
    expect(takeWaitingThread()).toBe(taken);
    vi.runAllTimers();
    expect(left.end).toHaveBeenCalledOnce();
    expect(taken.end).not.toHaveBeenCalled();
    expect(takeWaitingThread()).toBeUndefined();
  });
});
