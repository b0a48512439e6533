import type * as workerThreads from 'node:worker_threads';

/** Tells whether a thread still runs, without waiting for an event to say so. */
export interface LifeLine {
  /** For the thread to hold: it is gone when the thread is. To be transferred. */
  readonly threadEnd: workerThreads.MessagePort;
  /**
   * Whether the thread's end is gone. Answers at once, also where no event gets its turn; but until
   * one does, some memory of each call stays in use: to be asked now and then, not in a tight loop.
   */
  readonly isCut: () => boolean;
}

/**
 * Open a line to a thread that is about to start. A thread that ends, however it ends, closes its
 * ports, and that is known at the other end before the thread's `exit` event is delivered. (One that
 * ends before it has begun has not taken its end yet: of that the event tells alone.)
 */
export function openLifeLine(threads: typeof workerThreads): LifeLine {
  const { port1, port2 } = new threads.MessageChannel();
  let near: workerThreads.MessagePort | undefined = port1;
  return {
    threadEnd: port2,
    isCut() {
      if (near === undefined) return true;
      // To take the news that the other end is closed closes this one, and a closed port is one that
      // cannot be transferred: nothing else about it says so at once.
      threads.receiveMessageOnPort(near);
      try {
        near = structuredClone(near, { transfer: [near] });
      } catch {
        near = undefined;
      }
      return near === undefined;
    },
  };
}
