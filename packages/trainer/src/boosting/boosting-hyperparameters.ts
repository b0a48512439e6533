import type { JsonValue, Task } from '@gnu-mlops/core';
import { type Hyperparameter, isClassWeight, isCount, isPositive } from '../hyperparameter.ts';
import type { NamedMetrics } from './named-metric.ts';

/** A whole number of at least `least`. */
export function count(byDefault: number, least: number, description: string): Hyperparameter {
  return {
    defaultFor: () => byDefault,
    accepts: `a whole number of at least ${least}`,
    isValid: (value) => isCount(value, least),
    description,
  };
}

/** A number that is not negative. */
export function amount(byDefault: number, description: string): Hyperparameter {
  return {
    defaultFor: () => byDefault,
    accepts: 'a number of at least 0',
    isValid: (value) => value === 0 || isPositive(value),
    description,
  };
}

/** A number above 0. */
export function factor(byDefault: number, description: string): Hyperparameter {
  return {
    defaultFor: () => byDefault,
    accepts: 'a number above 0',
    isValid: isPositive,
    description,
  };
}

/** A number above 0, up to 1. */
export function share(byDefault: number, description: string): Hyperparameter {
  return {
    defaultFor: () => byDefault,
    accepts: 'a number above 0 and up to 1',
    isValid: (value) => isPositive(value) && value <= 1,
    description,
  };
}

/** A share that leaves some over. */
export function fraction(byDefault: number, description: string): Hyperparameter {
  return {
    defaultFor: () => byDefault,
    accepts: 'a number above 0 and below 1',
    isValid: (value) => isPositive(value) && value < 1,
    description,
  };
}

/** One of the names for a task, or null for the task's usual one. */
export function choice(
  names: { readonly [task in Task]: readonly string[] },
  description: string,
): Hyperparameter {
  const listed = (task: Task) => names[task].map((name) => `"${name}"`).join(', ');
  return {
    defaultFor: () => null,
    accepts:
      `${listed('classification')} for classification, ${listed('regression')} for regression, ` +
      'or null to go by the target',
    isValid: (value, task) => value === null || names[task].includes(value as string),
    description,
  };
}

/** A metric to stop early by, or null for the objective's own. */
export function stoppingMetric({ binary, multiclass, numbers }: NamedMetrics): Hyperparameter {
  return choice(
    {
      classification: [...new Set([...Object.keys(binary), ...Object.keys(multiclass)])],
      regression: Object.keys(numbers),
    },
    "What a gain on the validation rows is measured by; null = the objective's own loss.",
  );
}

/** The settings that both dialects have under one name. */
export const sharedHyperparameters = {
  max_bin: {
    defaultFor: () => 255,
    accepts: 'a whole number from 2 to 255',
    isValid: (value: JsonValue) => isCount(value, 2) && value <= 255,
    description: 'Bins for the values of a feature; missing values have one of their own.',
  },
  monotone_constraints: {
    defaultFor: () => null,
    accepts: 'null, or 1, -1 or 0 for each feature',
    isValid: (value: JsonValue) =>
      value === null ||
      (Array.isArray(value) && value.every((way) => way === 1 || way === -1 || way === 0)),
    description: 'Features with which the prediction may only rise (1) or only fall (-1).',
  },
  categorical_feature: {
    defaultFor: () => null,
    accepts: 'null, "auto", or a list of the names of columns, each once',
    isValid: (value: JsonValue) =>
      value === null ||
      value === 'auto' ||
      (Array.isArray(value) &&
        value.every((name) => typeof name === 'string') &&
        new Set(value).size === value.length),
    description:
      'Columns to split by sets of their categories; "auto" = all texts; null = as the recipe says.',
  },
  validation_fraction: fraction(0.1, 'Share of the rows held out to stop early by.'),
  class_weight: {
    defaultFor: () => null,
    accepts: '"balanced", a map from class to a weight above 0, or null; for classification only',
    isValid: isClassWeight,
    description: 'How much the rows of each class count.',
  },
} satisfies Record<string, Hyperparameter>;
