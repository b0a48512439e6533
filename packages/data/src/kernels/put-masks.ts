import {
  MASKS_HUNDREDS,
  MASKS_LOW_BYTES,
  MASKS_NINES,
  MASKS_POINTS,
  MASKS_TEN_THOUSANDS,
  MASKS_TENS,
  MASKS_ZEROS,
} from './cells-layout.ts';

/** What stands in each of the four words of a constant. */
const words = [
  [0, 0xff_ff_ff_ff],
  [MASKS_POINTS, 0x2e_2e_2e_2e],
  [MASKS_ZEROS, 0x30_30_30_30],
  [MASKS_NINES, 0x09_09_09_09],
  [MASKS_LOW_BYTES, 0x00_ff_00_ff],
  [MASKS_TENS, 0x00_0a_00_0a],
  // Weights of a first and a second half: 100 and 1, 10,000 and 1.
  [MASKS_HUNDREDS, 0x00_01_00_64],
  [MASKS_TEN_THOUSANDS, 0x00_01_27_10],
] as const;

/** Write what the kernels load in place of constants: see `CELLS_MASKS`. */
export function putMasks(view: DataView): void {
  for (const [at, word] of words) {
    for (let byte = 0; byte < 16; byte += 4) view.setUint32(at + byte, word, true);
  }
}
