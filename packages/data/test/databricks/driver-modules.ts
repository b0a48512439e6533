import { createRequire } from 'node:module';

/** What the driver itself requires, of which it exports no types. */
const requireOfDriver = createRequire(createRequire(import.meta.url).resolve('@databricks/sql'));

/** A whole number of eight bytes, from a number or sixteen hex digits. */
export const Int64 = requireOfDriver('node-int64') as new (value: number | string) => object;

/** Packs bytes as the server does. */
export const { compressFrameSync: packLz4 } = requireOfDriver('lz4-napi') as {
  readonly compressFrameSync: (bytes: Uint8Array) => Buffer;
};

interface Transport {
  new (buffer: undefined, onFlush: (bytes: Buffer) => void): object;
  receiver(onData: (transport: object) => void): (bytes: Buffer) => void;
}

/** The Thrift library that the driver speaks with. */
export const thrift = requireOfDriver('thrift') as {
  readonly TBufferedTransport: Transport;
  readonly TBinaryProtocol: new (transport: object) => object;
  createHttpConnection(
    host: string,
    port: number,
    options: object,
  ): { on(event: 'error', listener: (error: unknown) => void): void };
  createHttpClient(service: object, connection: object): object;
};
