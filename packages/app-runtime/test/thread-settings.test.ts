import { parseConfig } from '@gnu-mlops/core/config';
import { describe, expect, it } from 'vitest';
import { threadSettings } from '../src/thread-settings.ts';

describe('threadSettings', () => {
  it('leaves the number to the trainer unless one is configured or given', () => {
    const configured = parseConfig('training: {n_jobs: 3}');
    expect(threadSettings(parseConfig(''))).toEqual({});
    expect(threadSettings(configured)).toEqual({ threads: 3 });
    expect(threadSettings(configured, 2)).toEqual({ threads: 2 });
    expect(threadSettings(configured, -1)).toEqual({});
  });
});
