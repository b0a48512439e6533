import { expect, it } from 'vitest';
import { sampleSteps } from '../src/sample-steps.ts';

const upTo = (end: number) => Array.from({ length: end }, (_, step) => step);

it('keeps every step where there are no more than wanted', () => {
  expect([...sampleSteps([[3, 1, 1], [2]], 3)].sort()).toEqual([1, 2, 3]);
});

it('spreads them evenly and keeps the ends of every history', () => {
  expect([...sampleSteps([upTo(10)], 5)].sort((a, b) => a - b)).toEqual([0, 2, 4, 6, 8, 9]);
  expect([...sampleSteps([upTo(10), upTo(20)], 5)].sort((a, b) => a - b)).toEqual([
    0, 4, 8, 9, 12, 16, 19,
  ]);
});

it('is empty where nothing was logged, and bears a history of a hundred thousand', () => {
  expect(sampleSteps([[], []], 5).size).toBe(0);
  expect(sampleSteps([upTo(200_000)], 10).size).toBe(11);
});
