import { TrainingMemoryError } from '../errors.ts';
import { type KernelSource, createKernelSource } from './open-kernels.ts';
import type { WasmModule } from './web-assembly.ts';

/** What addresses of 32 bits reach. */
const MOST_BYTES = 2 ** 32;

/** What is to be learned from, and the memory that takes. */
export interface MemoryNeed {
  readonly bytes: number;
  readonly rowCount: number;
  readonly featureCount: number;
}

/**
 * Take the memory of a fit.
 *
 * @param allocate takes it, and throws a RangeError where there is none left.
 * @throws {TrainingMemoryError} when it cannot be had.
 */
export function reserveMemory(
  need: MemoryNeed,
  module: WasmModule | undefined,
  allocate: typeof createKernelSource = createKernelSource,
): KernelSource {
  if (need.bytes > MOST_BYTES) throw new TrainingMemoryError(need, undefined);
  try {
    return allocate(need.bytes, module);
  } catch (error) {
    throw error instanceof RangeError ? new TrainingMemoryError(need, error) : error;
  }
}
