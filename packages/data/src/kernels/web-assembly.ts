/** Compiled code; may be handed to a worker thread. */
export type WasmModule = object;

/** A memory that code and TypeScript look at alike; may be handed to a worker thread. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

/** The part of the WebAssembly API in use: this project's types leave the browser's out. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: object };
  readonly Memory: new (pages: { initial: number; maximum: number; shared: true }) => WasmMemory;
}

/** WebAssembly with shared memory, where this host has it. */
export function findWebAssembly(): WebAssemblyApi | undefined {
  if (typeof SharedArrayBuffer === 'undefined') return undefined;
  return (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
}
