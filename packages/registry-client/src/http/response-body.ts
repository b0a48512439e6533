/** What to do while a body is read piece by piece. */
export interface Reading {
  /** The next piece is waited for. */
  readonly onAsk: () => void;
  readonly onPiece: () => void;
  /** Once, however it ends. */
  readonly onEnd: () => void;
  /** What to throw in place of a network's error. */
  readonly failure: (error: unknown) => Error;
}

/** All bytes of an answer. */
export async function readWhole(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

/** The bytes of an answer as they come; who leaves the loop early lets go of the connection. */
export async function* readPieces(
  response: Response,
  { onAsk, onPiece, onEnd, failure }: Reading,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  try {
    while (reader !== undefined) {
      onAsk();
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw failure(error);
      });
      if (done) return;
      onPiece();
      yield value;
    }
  } finally {
    onEnd();
    await reader?.cancel().catch(() => undefined);
  }
}
