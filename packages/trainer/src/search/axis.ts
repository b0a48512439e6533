import { type JsonValue, type Random, canonicalJson } from '@gnu-mlops/core';
import { type CategoricalDimension, type Dimension, lastStep } from './search-space.ts';

/**
 * A dimension of numbers on its scale. A point is a value or, on the log scale, its logarithm. A
 * whole number owns the points within half a step of it, so that every value has a width.
 */
export interface NumberAxis {
  readonly kind: 'number';
  /** Bounds of the points. */
  readonly low: number;
  readonly high: number;
  readonly pointOf: (value: JsonValue) => number;
  /** The value that owns a point. */
  readonly valueAt: (point: number) => number;
  /** The points of the value at a point, for whole numbers; undefined where every point differs. */
  readonly binAt?: (point: number) => { readonly from: number; readonly to: number };
}

/** A dimension without an order. A point is the index of a value. */
export interface ChoiceAxis {
  readonly kind: 'choice';
  readonly count: number;
  readonly pointOf: (value: JsonValue) => number;
  readonly valueAt: (point: number) => JsonValue;
}

/** A dimension as samplers see it: points to draw, and the values that they stand for. */
export type Axis = NumberAxis | ChoiceAxis;

/** The axis of a dimension. */
export function axisOf(dimension: Dimension): Axis {
  if (dimension.kind === 'categorical') return choiceAxis(dimension);
  const isLog = dimension.scale === 'log';
  const toPoint = isLog ? Math.log : (value: number) => value;
  const fromPoint = isLog ? Math.exp : (point: number) => point;
  const pointOf = (value: JsonValue) => toPoint(Number(value));
  const { low, high } = dimension;
  if (dimension.kind === 'float') {
    const valueAt = (point: number) => Math.min(high, Math.max(low, fromPoint(point)));
    return { kind: 'number', low: toPoint(low), high: toPoint(high), pointOf, valueAt };
  }
  const step = dimension.step ?? 1;
  const last = lastStep(dimension);
  const valueAt = (point: number) => {
    const steps = Math.round((fromPoint(point) - low) / step);
    return Math.min(last, Math.max(low, low + steps * step));
  };
  return {
    kind: 'number',
    low: toPoint(low - step / 2),
    high: toPoint(last + step / 2),
    pointOf,
    valueAt,
    binAt(point) {
      const value = valueAt(point);
      return { from: toPoint(value - step / 2), to: toPoint(value + step / 2) };
    },
  };
}

/** Draw a point of an axis, every one as likely. */
export function drawPoint(axis: Axis, random: Random): number {
  if (axis.kind === 'choice') return random.nextInt(axis.count);
  return axis.low + (axis.high - axis.low) * random.nextFloat();
}

/** The point with a share of the axis before it. @param share at least 0 and below 1. */
export function pointAtShare(axis: Axis, share: number): number {
  if (axis.kind === 'choice') return Math.floor(share * axis.count);
  return axis.low + (axis.high - axis.low) * share;
}

function choiceAxis({ values }: CategoricalDimension): ChoiceAxis {
  const indexOf = new Map(values.map((value, index) => [canonicalJson(value), index]));
  return {
    kind: 'choice',
    count: values.length,
    pointOf: (value) => indexOf.get(canonicalJson(value)) ?? NaN,
    valueAt: (point) => values[point]!,
  };
}
