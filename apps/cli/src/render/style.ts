import { styleText } from 'node:util';

/** Colours and weights for text; without colour every function gives its text back. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly accent: (text: string) => string;
}

/** The style of a terminal. @param colors whether it shows any. */
export function createStyle(colors: 'color' | 'plain'): Style {
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    colors === 'color' ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    good: paint('green'),
    bad: paint('red'),
    warn: paint('yellow'),
    accent: paint('cyan'),
  };
}
