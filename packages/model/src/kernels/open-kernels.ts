import { kernelsWasm } from './kernels-wasm.js';
import { type KernelMemory, viewMemory } from './kernel-memory.ts';
import { findWebAssembly } from './web-assembly.ts';

/** A kernel: does the job whose parameters start at the address `job` of its memory. */
export type Kernel = (job: number) => void;

/** The inner loops of scoring and explaining, in WebAssembly; see the kernels folder. */
export interface Kernels {
  readonly walkTrees: Kernel;
  readonly walkRows: Kernel;
  readonly encodeRows: Kernel;
  readonly explainRow: Kernel;
}

/** Kernels, and the memory of their own that they work on. */
export interface OpenKernels {
  readonly kernels: Kernels;
  readonly memory: KernelMemory;
}

const PAGE_BYTES = 65_536;

/**
 * Make a memory and kernels over it.
 *
 * @returns undefined where the host has no WebAssembly, refuses to compile it (as some pages'
 *   security policies do) or has no room: plain TypeScript then does the work.
 */
export function openKernels(bytes: number): OpenKernels | undefined {
  const api = findWebAssembly();
  if (api === undefined) return undefined;
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    const memory = new api.Memory({ initial: pages, maximum: pages });
    const code = Uint8Array.from(atob(kernelsWasm), (char) => char.charCodeAt(0));
    const { exports } = new api.Instance(new api.Module(code), { env: { memory } });
    return { kernels: exports as Kernels, memory: viewMemory(memory.buffer) };
  } catch {
    return undefined;
  }
}
