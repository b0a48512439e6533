import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The tag of a run that says which process logs it. */
export const OWNER_TAG = 'gnu_mlops.owner';

/** A process, told from every other that was or will be. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Of the machine's start and of the container: process ids of other spaces mean other processes. */
  readonly space: string;
  /** When it started, in ticks since the machine did: a process id may be used again. */
  readonly started: string;
}

/** This process; undefined where the system does not tell enough (anywhere but on Linux). */
export function thisProcess(): ProcessIdentity | undefined {
  return identityOf(process.pid);
}

/** Read what a run's tag says. Undefined for what is no identity. */
export function parseOwner(tag: string | undefined): ProcessIdentity | undefined {
  try {
    const owner = JSON.parse(tag ?? 'null') as Partial<ProcessIdentity> | null;
    const isWhole =
      typeof owner?.host === 'string' &&
      Number.isSafeInteger(owner.pid) &&
      typeof owner.space === 'string' &&
      typeof owner.started === 'string';
    return isWhole ? (owner as ProcessIdentity) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process has certainly ended. False also where that cannot be known, as on other machines. */
export function hasEnded(owner: ProcessIdentity): boolean {
  const here = thisProcess();
  if (here === undefined || owner.host !== here.host || owner.space !== here.space) return false;
  return identityOf(owner.pid)?.started !== owner.started;
}

function identityOf(pid: number): ProcessIdentity | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const space = `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
    return { host: hostname(), pid, space, started: startOf(pid) };
  } catch {
    return undefined;
  }
}

/** @see proc(5): field 22 of /proc/<pid>/stat, behind a name in brackets that may hold anything. */
function startOf(pid: number): string {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[19]!;
}
