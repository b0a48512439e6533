import type { EncodedTarget } from './encode-target.ts';

/** A target as numbers to take means of. */
export interface NumericTargets {
  /** One a row: the number itself, 1 for the second of two classes, or 1 for each class in turn. */
  readonly targets: readonly Float64Array[];
  /** Of more than two classes: their names, one a target; else empty. */
  readonly classes: readonly string[];
  /** Class codes, where there are classes. */
  readonly labels?: Int32Array;
}

/** Turn a target into one column of numbers, or one a class where there are more than two. */
export function targetsOf(target: EncodedTarget): NumericTargets {
  if (target.task === 'regression') return { targets: [target.values], classes: [] };
  const { labels, classes } = target;
  const isClass = (code: number) => Float64Array.from(labels, (label) => (label === code ? 1 : 0));
  return classes.length <= 2
    ? { targets: [isClass(1)], classes: [], labels }
    : { targets: classes.map((_, code) => isClass(code)), classes, labels };
}
