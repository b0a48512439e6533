/**
 * Stored bytes that can be read from the first to the last, more than once: a file, an object of a
 * bucket, a file of a volume.
 */
export interface ByteSource {
  /** A path, or a URI without credentials: messages name it, and its ending tells the format. */
  readonly name: string;
  /** The path where it is a file of this machine, which some readers need. */
  readonly path?: string;
  /** Start a pass over the bytes. @throws coded errors that name the source. */
  open(options?: { readonly signal?: AbortSignal | undefined }): Promise<ByteStream>;
}

/** One pass over a {@link ByteSource}, of pieces of any size. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
  /** Where it is known before the end. */
  readonly sizeBytes?: number | undefined;
  /** Tells one state of the content from another: an ETag, or size and time of change. */
  readonly fingerprint: string;
  /** Let go of the connection or file. Harmless when it is closed or at its end already. */
  close(): Promise<void>;
}

/** Where bytes are written to; {@link AtomicFile} is one. Nobody sees them before `commit`. */
export interface ByteSink {
  write(chunk: string | Uint8Array): Promise<void>;
  commit(): Promise<void>;
  /** Drop what was written. After `commit` it does nothing. */
  abort(): Promise<void>;
}
