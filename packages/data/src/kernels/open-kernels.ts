import { kernelsWasm } from './kernels-wasm.js';
import { findWebAssembly } from './web-assembly.ts';

/** The inner loops of reading, in WebAssembly; see the kernels folder. */
export interface Kernels {
  readonly scanRows: (job: number) => void;
  readonly readNumbers: (job: number) => number;
  readonly lookUpTexts: (job: number) => number;
  readonly rememberText: (job: number, row: number, code: number) => number;
}

/** Kernels, and the memory of their own that they work on. */
export interface OpenKernels {
  readonly kernels: Kernels;
  readonly memory: ArrayBuffer;
}

const pageBytes = 65_536;

/**
 * Make a memory of zeros and kernels over it. What is not touched of it costs nothing.
 *
 * @returns undefined where the host refuses WebAssembly or has no room: plain TypeScript then does the
 * work.
 */
export function openKernels(bytes: number): OpenKernels | undefined {
  const api = findWebAssembly();
  if (api === undefined) return undefined;
  const pages = Math.ceil(bytes / pageBytes);
  try {
    const memory = new api.Memory({ initial: pages, maximum: pages });
    const code = Buffer.from(kernelsWasm, 'base64');
    const { exports } = new api.Instance(new api.Module(code), { env: { memory } });
    return { kernels: exports as Kernels, memory: memory.buffer };
  } catch {
    return undefined;
  }
}
