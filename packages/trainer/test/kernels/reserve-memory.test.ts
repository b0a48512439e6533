import { describe, expect, it } from 'vitest';
import { reserveMemory } from '../../src/kernels/reserve-memory.ts';

const need = { bytes: 3 * 2 ** 29, rowCount: 1000, featureCount: 20 };

describe('reserveMemory', () => {
  it('gives the memory that is asked for', () => {
    const { memory } = reserveMemory({ ...need, bytes: 100 }, undefined);
    expect(memory.buffer.byteLength).toBeGreaterThanOrEqual(100);
  });

  it('throws TRAINER_MEMORY_EXCEEDED where the machine has none left', () => {
    const cause = new RangeError('could not allocate memory');
    const reserve = () =>
      reserveMemory(need, undefined, () => {
        throw cause;
      });
    expect(reserve).toThrow(
      expect.objectContaining({ code: 'TRAINER_MEMORY_EXCEEDED', sizeBytes: need.bytes, cause }),
    );
    expect(reserve).toThrow('1000 rows x 20 features takes 1.50 GiB');
  });

  it('throws TRAINER_MEMORY_EXCEEDED above 4 GiB without trying', () => {
    let tries = 0;
    const reserve = () =>
      reserveMemory({ ...need, bytes: 5 * 2 ** 30 }, undefined, () => {
        tries++;
        throw new Error('not to be called');
      });
    expect(reserve).toThrow('takes 5.00 GiB of memory at once, and a fit can have at most 4');
    expect(tries).toBe(0);
  });

  it('leaves other errors as they are', () => {
    const reserve = () =>
      reserveMemory(need, undefined, () => {
        throw new TypeError('other');
      });
    expect(reserve).toThrow(TypeError);
  });
});
