/** A measured value for a person: five significant digits. */
export function formatFigure(value: number): string {
  return String(Number(value.toPrecision(5)));
}
