/** A Householder reflection that leaves nothing of a vector but its first entry. */
export interface Reflection {
  /** The first entry of the vector to reflect by; its others are those of the vector itself. */
  readonly head: number;
  /** What an inner product with that vector is multiplied by. */
  readonly scale: number;
  /** The first entry afterwards. */
  readonly corner: number;
}

/**
 * @param corner the vector's first entry.
 * @param length of the whole vector, above 0.
 */
export function chooseReflection(corner: number, length: number): Reflection {
  // Away from the corner, so that no digits cancel.
  const away = corner > 0 ? length : -length;
  return {
    head: corner + away,
    scale: 1 / (length * (length + Math.abs(corner))),
    corner: -away,
  };
}
