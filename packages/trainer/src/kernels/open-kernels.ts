import type { Kernels } from './kernels.ts';
import { type KernelMemory, viewMemory } from './kernel-memory.ts';
import { createScriptKernels } from './script-kernels.ts';
import { type WasmMemory, type WasmModule, findWebAssembly } from './web-assembly.ts';

const PAGE_BYTES = 65_536;

/** Code and memory of a computation, in a form that a worker thread can be given. */
export interface KernelSource {
  readonly memory: WasmMemory;
  /** Undefined: the TypeScript twins. */
  readonly module: WasmModule | undefined;
}

/** Kernels, and the memory that they work on. */
export interface OpenKernels {
  readonly kernels: Kernels;
  readonly memory: KernelMemory;
}

/** Room for a computation: shared between threads wherever the host can. */
export function createKernelSource(bytes: number, module: WasmModule | undefined): KernelSource {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const api = findWebAssembly();
  if (module !== undefined && api !== undefined) {
    const memory = new api.Memory({ initial: pages, maximum: pages, shared: true });
    return { memory, module };
  }
  const length = pages * PAGE_BYTES;
  const buffer =
    typeof SharedArrayBuffer === 'undefined'
      ? new ArrayBuffer(length)
      : new SharedArrayBuffer(length);
  return { memory: { buffer }, module: undefined };
}

/** Join code and memory, once a thread. */
export function openKernels({ memory, module }: KernelSource): OpenKernels {
  const views = viewMemory(memory.buffer);
  const api = findWebAssembly();
  if (module === undefined || api === undefined) {
    return { kernels: createScriptKernels(views), memory: views };
  }
  const { exports } = new api.Instance(module, { env: { memory } });
  return { kernels: exports as Kernels, memory: views };
}
