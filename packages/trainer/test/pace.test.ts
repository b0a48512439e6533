import { expect, it } from 'vitest';
import { createPace } from '../src/pace.ts';

it('asks for a rest after some work, and again after as much', async () => {
  const pace = createPace(undefined);
  expect(pace.isDue(1)).toBe(false);
  expect(pace.isDue(1e8)).toBe(true);
  expect(pace.isDue(0)).toBe(true);
  await pace.rest();
  expect(pace.isDue(1)).toBe(false);
});

it('throws TRAINER_CANCELLED when the signal has aborted during a rest', async () => {
  const stopper = new AbortController();
  const pace = createPace(stopper.signal);
  await pace.rest();
  setImmediate(() => stopper.abort(new Error('enough')));
  await expect(pace.rest()).rejects.toMatchObject({
    code: 'TRAINER_CANCELLED',
    cause: new Error('enough'),
  });
});
