/** Which points of a curve are kept. */
export interface CurveOptions {
  /**
   * `corners`: without the points that lie on a straight line between their neighbours, which
   * neither the shape nor the area needs; `all`: one for each distinct score. Default: `corners`.
   */
  readonly points?: 'corners' | 'all';
}
