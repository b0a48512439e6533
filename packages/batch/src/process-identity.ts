import { hostname } from 'node:os';

/** A process, as far as another one on the same machine can tell. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Milliseconds on the machine's steady clock; tells two processes with one pid apart. */
  readonly startedAtMs: number;
}

/** A steady clock and an uptime are read one after the other, so that the start is not exact. */
const startToleranceMs = 1000;

/** The process that runs this code, the same in all of its threads. */
export function currentProcess(): ProcessIdentity {
  const steadyMs = Number(process.hrtime.bigint() / 1_000_000n);
  return {
    host: hostname(),
    pid: process.pid,
    startedAtMs: Math.round(steadyMs - process.uptime() * 1000),
  };
}

/**
 * Whether a process has certainly ended. False for one on another machine, about which nothing can
 * be known, and for a pid that some process has now: leases on their files end by time.
 */
export function hasEnded(other: ProcessIdentity, self: ProcessIdentity): boolean {
  if (other.host !== self.host) return false;
  if (other.pid === self.pid) {
    return Math.abs(other.startedAtMs - self.startedAtMs) > startToleranceMs;
  }
  try {
    process.kill(other.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
