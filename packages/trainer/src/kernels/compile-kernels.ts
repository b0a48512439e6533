import { type WasmModule, findWebAssembly } from './web-assembly.ts';

/**
 * Compile the WebAssembly kernels.
 *
 * @returns undefined where there is no WebAssembly with shared memory, or where the generated module
 *   is missing: the kernels' TypeScript twins then do the work.
 */
export async function compileKernels(): Promise<WasmModule | undefined> {
  const api = findWebAssembly();
  if (api === undefined) return undefined;
  const generated = await import('./kernels-wasm.js').catch(() => undefined);
  if (generated === undefined) return undefined;
  return new api.Module(Uint8Array.from(atob(generated.kernelsWasm), (char) => char.charCodeAt(0)));
}
