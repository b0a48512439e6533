/** How a number is written: as digits, as digits behind leading zeros, or otherwise. */
export type NumberForm = 'whole' | 'padded' | 'real';

/** The form of a trimmed text that is a number. */
export function numberForm(text: string): NumberForm {
  const digits = /^[+-]?(\d+)$/.exec(text)?.[1];
  if (digits === undefined) return 'real';
  return digits.length > 1 && digits.startsWith('0') ? 'padded' : 'whole';
}
