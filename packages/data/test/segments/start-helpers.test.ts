import { describe, expect, it } from 'vitest';
import type { HelperTask } from '../../src/segments/help-with-segments.ts';
import { startHelpers } from '../../src/segments/start-helpers.ts';
import { takeWaitingThread } from '../../src/segments/waiting-threads.ts';

describe('startHelpers', () => {
  it('says when one of them fails, and keeps none that did', async () => {
    const helpers = startHelpers([{} as HelperTask]);
    expect(await helpers.areWell(new Promise(() => undefined))).toBe(false);
    await helpers.end();
    expect(takeWaitingThread()).toBeUndefined();
  });

  it('says that all is well when what is waited for comes first', async () => {
    const helpers = startHelpers([]);
    expect(await helpers.areWell(Promise.resolve('done'))).toBe(true);
    await helpers.end();
  });
});
