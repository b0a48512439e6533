import { type StartedWorker, type ThreadHost, findThreadHost } from './thread-host.ts';
import { type ThreadTask, sharedBytes } from './thread-task.ts';

/** Worker threads that are kept warm from one fit to the next. */
export interface ThreadPool {
  /** How many threads the machine offers, the caller's own included; 1 where there are no others. */
  readonly available: number;
  /** How many threads it has, idle or lent. */
  readonly started: number;
  /** A thread that nobody has, started if need be; undefined where there can be none. */
  readonly lend: () => LentThread | undefined;
  /** End all threads; what was lent fails. */
  readonly close: () => Promise<void>;
}

/** A thread, until it is given back. */
export interface LentThread {
  /** Listen to what it says of the tasks that it is given from now on. */
  readonly listen: (listener: ThreadListener) => void;
  readonly post: (task: ThreadTask) => void;
  /** Whether it has died of a task. Known at once, also where no event gets its turn. */
  readonly isDead: () => boolean;
  /** Give it back: what it says afterwards is not heard. It may still be finishing its task. */
  readonly release: () => void;
  /** End it, where it cannot be brought to finish. */
  readonly end: () => Promise<void>;
}

/** Who hears what a thread says. */
export interface ThreadListener {
  readonly onMessage: (message: unknown) => void;
  /** It has died; nothing follows. */
  readonly onFailure: (error: unknown) => void;
}

/** What goes to a thread and back, with the number of the lease that it belongs to. */
export interface LeaseLetter<T> {
  readonly lease: number;
  readonly content: T;
}

interface Keeper extends StartedWorker {
  lease: number;
  /** Bytes of all shared memories that it was given. */
  givenBytes: number;
  listener: ThreadListener | undefined;
}

/**
 * A thread that was given so much shared memory is ended rather than lent again. Its engine does not
 * count such memory, and so would go on holding what the fits before have long let go of.
 */
const MOST_GIVEN_BYTES = 512 * 2 ** 20;

/** Open a pool. It starts no thread before one is lent, and an idle one keeps no process alive. */
export function openThreadPool(host: ThreadHost | undefined = findThreadHost()): ThreadPool {
  const idle: Keeper[] = [];
  const all = new Set<Keeper>();
  let leases = 0;

  function start(): Keeper | undefined {
    const started = host?.startWorker();
    if (started === undefined) return undefined;
    const keeper: Keeper = { ...started, lease: 0, givenBytes: 0, listener: undefined };
    const { worker } = started;
    all.add(keeper);
    function lose(error: unknown): void {
      all.delete(keeper);
      if (idle.includes(keeper)) idle.splice(idle.indexOf(keeper), 1);
      const { listener } = keeper;
      keeper.listener = undefined;
      listener?.onFailure(error);
    }
    worker.on('message', ({ lease, content }: LeaseLetter<unknown>) => {
      if (lease === keeper.lease) keeper.listener?.onMessage(content);
    });
    worker.on('error', lose);
    worker.on('exit', (exitCode) => lose(new Error(`exit code ${exitCode}`)));
    return keeper;
  }

  function takeIdle(): Keeper | undefined {
    let keeper = idle.pop();
    while (keeper?.isDead() === true) keeper = idle.pop();
    return keeper;
  }

  function lend(): LentThread | undefined {
    const keeper = takeIdle() ?? start();
    if (keeper === undefined) return undefined;
    const { worker, isDead } = keeper;
    const lease = ++leases;
    keeper.lease = lease;
    worker.ref();
    return {
      listen: (listener) => void (keeper.listener = listener),
      post(content) {
        keeper.givenBytes += sharedBytes(content);
        worker.postMessage({ lease, content } satisfies LeaseLetter<ThreadTask>);
      },
      isDead,
      release() {
        if (keeper.lease !== lease) return;
        keeper.lease = 0;
        keeper.listener = undefined;
        worker.unref();
        if (keeper.givenBytes >= MOST_GIVEN_BYTES) void worker.terminate();
        else if (all.has(keeper)) idle.push(keeper);
      },
      async end() {
        keeper.listener = undefined;
        await worker.terminate();
      },
    };
  }

  return {
    available: host?.availableThreads() ?? 1,
    get started() {
      return all.size;
    },
    lend,
    async close() {
      await Promise.all([...all].map(({ worker }) => worker.terminate()));
    },
  };
}
