import { kernelsWasm } from './kernels-wasm.js';
import type { KernelSource } from './open-kernels.ts';
import { findWebAssembly } from './web-assembly.ts';

const pageBytes = 65_536;

/**
 * Compile the kernels, and make a memory of zeros for them. What is not touched of it costs nothing.
 *
 * @returns undefined where the host refuses WebAssembly or has no room: plain TypeScript then does the
 * work.
 */
export function createKernelSource(bytes: number): KernelSource | undefined {
  const api = findWebAssembly();
  if (api === undefined) return undefined;
  const pages = Math.ceil(bytes / pageBytes);
  try {
    const memory = new api.Memory({ initial: pages, maximum: pages, shared: true });
    return { module: new api.Module(Buffer.from(kernelsWasm, 'base64')), memory };
  } catch {
    return undefined;
  }
}
