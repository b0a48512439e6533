import { OPERATIONS, type OperationName } from './operations.ts';
import type { Workbench } from './workbench.ts';

// Words at the start of the memory, by which threads agree on who does what.
/** Number of the job (12 bits), its parts (10 bits), and the next part to take (10 bits). */
const TICKET = 0;
const DONE = 1;
const OPERATION = 2;
const EXTENT = 3;
const PART_SIZE = 4;
const IS_CLOSED = 5;
const HAS_FAILED = 6;

const PART_BITS = 10;
const PART_MASK = (1 << PART_BITS) - 1;

/** How often a thread looks for something new before it sleeps: some tens of microseconds. */
const SPINS = 4000;

/** A sleeping thread looks again after this time, whatever happens. */
const NAP_MS = 200;

const operationNames = Object.keys(OPERATIONS) as OperationName[];

/** Work for all. */
export interface TeamJob {
  readonly operation: OperationName;
  readonly extent: number;
  readonly partSize: number;
  /** At most 1023. */
  readonly partCount: number;
}

/**
 * Post a job, take part in it, and wait until the others have done theirs.
 *
 * @param checkOthers called now and then in a long wait; throws when one of them will never be done.
 */
export function leadTeam(bench: Workbench, job: TeamJob, checkOthers: () => void): void {
  const { words } = bench.memory;
  words[OPERATION] = operationNames.indexOf(job.operation);
  words[EXTENT] = job.extent;
  words[PART_SIZE] = job.partSize;
  Atomics.store(words, DONE, 0);
  const number = (Atomics.load(words, TICKET) >>> (2 * PART_BITS)) + 1;
  Atomics.store(words, TICKET, (number << (2 * PART_BITS)) | (job.partCount << PART_BITS));
  Atomics.notify(words, TICKET);
  while (takePart(bench));
  waitForOthers(words, job.partCount, checkOthers);
  if (Atomics.load(words, HAS_FAILED) !== 0) throw new Error('an operation failed in a thread');
}

function waitForOthers(words: Int32Array, partCount: number, checkOthers: () => void): void {
  for (let spin = 0; ; spin++) {
    const done = Atomics.load(words, DONE);
    if (done === partCount) return;
    if (spin > SPINS && Atomics.wait(words, DONE, done, NAP_MS) === 'timed-out') checkOthers();
  }
}

/** Take parts of the leader's jobs until it closes the board. */
export function workForTeam(bench: Workbench): void {
  const { words } = bench.memory;
  let spin = 0;
  while (Atomics.load(words, IS_CLOSED) === 0) {
    const ticket = Atomics.load(words, TICKET);
    if (takePart(bench)) spin = 0;
    else if (++spin > SPINS) Atomics.wait(words, TICKET, ticket, NAP_MS);
  }
}

/** Tell the others to end. */
export function closeBoard({ memory: { words } }: Workbench): void {
  Atomics.store(words, IS_CLOSED, 1);
  // A new ticket of no parts, so that nobody falls asleep over the old one.
  Atomics.add(words, TICKET, 1 << (2 * PART_BITS));
  Atomics.notify(words, TICKET);
}

/**
 * Take the next part of the job on the board and do it. Whoever has taken one keeps the job from
 * ending, and so may read the rest of the board.
 *
 * @returns false when there is none.
 */
function takePart(bench: Workbench): boolean {
  const { words } = bench.memory;
  const ticket = Atomics.load(words, TICKET);
  const number = ticket & PART_MASK;
  const partCount = (ticket >>> PART_BITS) & PART_MASK;
  if (number >= partCount) return false;
  if (Atomics.compareExchange(words, TICKET, ticket, ticket + 1) !== ticket) return true;
  const partSize = words[PART_SIZE]!;
  const from = number * partSize;
  const to = Math.min(from + partSize, words[EXTENT]!);
  try {
    OPERATIONS[operationNames[words[OPERATION]!]!](bench, { from, to, number });
  } catch {
    Atomics.store(words, HAS_FAILED, 1);
  }
  if (Atomics.add(words, DONE, 1) + 1 === partCount) Atomics.notify(words, DONE);
  return true;
}
