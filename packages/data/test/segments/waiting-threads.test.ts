import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HelperThread } from '../../src/segments/helper-thread.ts';
import { leaveWaiting, takeWaitingThread } from '../../src/segments/waiting-threads.ts';

afterEach(() => vi.useRealTimers());

const makeThread = () => ({ work: () => Promise.resolve(true), end: vi.fn() }) as HelperThread;

describe('leaveWaiting', () => {
  it('keeps threads for whoever takes them', () => {
    vi.useFakeTimers();
    const thread = makeThread();
    leaveWaiting(thread);
    expect(takeWaitingThread()).toBe(thread);
    expect(takeWaitingThread()).toBeUndefined();
    vi.runAllTimers();
    expect(thread.end).not.toHaveBeenCalled();
  });

  it('ends threads that are more than the machine has use for', () => {
    vi.useFakeTimers();
    const threads = Array.from({ length: availableParallelism() + 2 }, makeThread);
    threads.forEach(leaveWaiting);
    const ended = threads.filter(({ end }) => vi.mocked(end).mock.calls.length > 0);
    expect(ended).toEqual(threads.slice(-2));
    vi.runAllTimers();
    expect(takeWaitingThread()).toBeUndefined();
  });

  it('ends a thread that nobody takes', () => {
    vi.useFakeTimers();
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
