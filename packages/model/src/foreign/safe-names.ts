import type { Feature } from '@gnu-mlops/preprocess';

/**
 * The features' names as other libraries take them: what separates names or numbers in their files
 * becomes `_`, and where two names come to be the same, both are numbered.
 */
export function safeNames(features: readonly Feature[]): string[] {
  const names = features.map(({ name }) => name.replace(/[\s\p{C}"',:;=<>[\]{}\\]/gu, '_') || '_');
  const count = new Map<string, number>();
  for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
  const numbered = names.map((name, i) => (count.get(name)! > 1 ? `${name}_${i}` : name));
  return new Set(numbered).size === names.length ? numbered : names.map((_, i) => `feature_${i}`);
}
