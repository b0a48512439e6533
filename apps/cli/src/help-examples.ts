/** A heading and one example a line, for the foot of a command's help. */
export function helpExamples(...examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((example) => `  $ gnu-mlops ${example}`).join('\n')}`;
}
