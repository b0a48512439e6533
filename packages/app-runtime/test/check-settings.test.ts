import { DATA_CHECK_NAMES } from '@gnu-mlops/core/config';
import { DATA_CHECKS } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';

describe('data.checks', () => {
  it('knows the same checks as the configuration', () => {
    expect([...DATA_CHECK_NAMES].sort()).toEqual([...DATA_CHECKS].sort());
  });
});
