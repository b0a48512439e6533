import { type WasmMemory, type WasmModule, findWebAssembly } from './web-assembly.ts';

/** The inner loops of reading and writing, in WebAssembly; see the kernels folder. */
export interface Kernels {
  readonly scanRows: (job: number) => void;
  readonly readNumbers: (job: number) => number;
  readonly lookUpTexts: (job: number) => number;
  readonly rememberText: (job: number, row: number, code: number) => number;
  readonly packTexts: (job: number) => number;
  readonly formatNumbers: (job: number) => void;
  readonly joinRows: (job: number) => number;
}

/** Code and memory, in a form that a worker thread can be given. */
export interface KernelSource {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
}

/** Make kernels over a memory. @returns undefined where the host refuses WebAssembly. */
export function openKernels({ module, memory }: KernelSource): Kernels | undefined {
  const api = findWebAssembly();
  if (api === undefined) return undefined;
  const { exports } = new api.Instance(module, { env: { memory } });
  return exports as Kernels;
}
