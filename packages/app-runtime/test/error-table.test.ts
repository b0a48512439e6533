import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ColumnNotFoundError, GnuMlopsError } from '@gnu-mlops/core';
import {
  EXIT_CODES,
  errorOutcome,
  errorTable,
  outcomeOfCode,
  outcomeOfKind,
} from '../src/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Every error code that the sources of packages and apps define. */
function definedCodes(): string[] {
  const codes = new Set<string>();
  for (const folder of ['packages', 'apps']) {
    for (const file of readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })) {
      if (!/^[^/]+\/src\/.+\.ts$/.test(file)) continue;
      const source = readFileSync(`${root}${folder}/${file}`, 'utf8');
      for (const [, code] of source.matchAll(/static readonly code = '([A-Z0-9_]+)'/g)) {
        codes.add(code!);
      }
    }
  }
  return [...codes].sort();
}

const codes = definedCodes();

describe('errorTable', () => {
  it('finds the codes of every room', () => {
    expect(codes.length).toBeGreaterThan(90);
    expect(codes).toContain('TABLE_CELL_TYPE');
    expect(codes).toContain('RUNTIME_SETTING_MISSING');
  });

  it.each(codes)('has an outcome for %s', (code) => {
    expect(outcomeOfCode(code)).toBeDefined();
  });

  it('has no rule that covers no code, but for rooms that keep their errors to themselves', () => {
    const idle = errorTable.filter(
      ({ codes: pattern }, i) =>
        !codes.some((code) => errorTable.findIndex((rule) => rule.codes.test(code)) === i) &&
        !pattern.test('CLI_USAGE'),
    );
    expect(idle).toEqual([]);
  });

  it.each([
    ['CONFIG_UNKNOWN_KEY', 'configuration', 2, 500],
    ['TRAINER_UNKNOWN_HYPERPARAMETER', 'usage', 2, 400],
    ['REGISTRY_URI_UNSUPPORTED', 'usage', 2, 400],
    ['DATA_FILE_NOT_FOUND', 'data', 3, 400],
    ['DATA_S3_URI_INVALID', 'usage', 2, 400],
    ['DATA_DATABRICKS_FORBIDDEN', 'configuration', 2, 500],
    ['DATA_S3_UNAVAILABLE', 'unavailable', 6, 503],
    ['TABLE_COLUMN_NOT_FOUND', 'data', 3, 400],
    ['PREDICTOR_FEATURE_MISSING', 'data', 3, 400],
    ['MODEL_INVALID', 'artifact', 3, 500],
    ['DEPLOYER_GATE_REFUSED', 'gate_refused', 4, 409],
    ['DEPLOYER_STAGE_REFUSED', 'gate_refused', 4, 409],
    ['DEPLOYER_NO_CANDIDATE', 'not_found', 5, 404],
    ['REGISTRY_MODEL_NOT_FOUND', 'not_found', 5, 404],
    ['PREDICTOR_MODEL_NOT_FOUND', 'not_found', 5, 404],
    ['REGISTRY_STAGE_CONFLICT', 'conflict', 6, 409],
    ['DEPLOYER_PLAN_OUTDATED', 'conflict', 6, 409],
    ['REGISTRY_STORE_BUSY', 'unavailable', 6, 503],
    ['TRAINER_CANCELLED', 'interrupted', 130, 503],
    ['TRAINER_INPUT_INVALID', 'data', 3, 400],
    ['TRAINER_WORKER_FAILED', 'unexpected', 1, 500],
  ])('%s is %s: exit code %i, status %i', (code, kind, exitCode, httpStatus) => {
    expect(outcomeOfCode(code)).toEqual({ kind, exitCode, httpStatus });
  });

  it('documents every exit code that it gives', () => {
    for (const { kind } of errorTable) {
      expect(EXIT_CODES.has(outcomeOfKind(kind).exitCode)).toBe(true);
    }
    expect([...EXIT_CODES.keys()]).toEqual([0, 1, 2, 3, 4, 5, 6, 130]);
  });
});

describe('errorOutcome', () => {
  class StrangerError extends GnuMlopsError {
    constructor() {
      super('NOBODY_KNOWS_THIS', 'What is this?');
    }
  }

  it('goes by code, not by class', () => {
    expect(errorOutcome(new ColumnNotFoundError('age')).kind).toBe('data');
    const foreign = Object.assign(new Error('other copy'), {
      [Symbol.for('gnu-mlops.error')]: true,
      code: 'DEPLOYER_GATE_REFUSED',
    });
    expect(errorOutcome(foreign).exitCode).toBe(4);
  });

  it('is interrupted for an aborted signal', () => {
    expect(errorOutcome(AbortSignal.abort().reason).exitCode).toBe(130);
  });

  it.each([new Error('x'), Object.assign(new Error('x'), { code: 'ENOENT' }), 'text', null])(
    'is unexpected for %s',
    (thrown) => {
      expect(errorOutcome(thrown)).toEqual({ kind: 'unexpected', exitCode: 1, httpStatus: 500 });
    },
  );

  it('is unexpected for a code that no rule covers', () => {
    expect(errorOutcome(new StrangerError()).kind).toBe('unexpected');
    expect(outcomeOfCode('NOBODY_KNOWS_THIS')).toBeUndefined();
  });
});
