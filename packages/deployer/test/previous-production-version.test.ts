import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previousProductionVersion } from '../src/index.ts';
import { ledgerOf } from './ledger-entries.ts';

const promote = (version: string, displaced?: string) => ({
  version,
  to: 'GNU_Production' as const,
  action: 'promote' as const,
  ...(displaced === undefined ? {} : { displaced }),
});
const rollback = (version: string) => ({
  version,
  to: 'GNU_Production' as const,
  action: 'rollback' as const,
});

describe('previousProductionVersion', () => {
  it('is undefined without a ledger and after the first promotion', () => {
    expect(previousProductionVersion([], undefined)).toBeUndefined();
    expect(previousProductionVersion(ledgerOf(promote('1')), '1')).toBeUndefined();
  });

  it('is the version in production before the current one', () => {
    expect(previousProductionVersion(ledgerOf(promote('1'), promote('3')), '3')).toBe('1');
  });

  it('ignores moves to other stages', () => {
    const ledger = ledgerOf(
      { version: '1', to: 'Staging' },
      promote('1'),
      { version: '2', to: 'Staging' },
      promote('2'),
      { version: '3', to: 'Staging' },
    );
    expect(previousProductionVersion(ledger, '2')).toBe('1');
  });

  it('goes further back after a rollback, not forward to the version rolled away from', () => {
    const ledger = ledgerOf(promote('1'), promote('2'), promote('3'), rollback('2'));
    expect(previousProductionVersion(ledger, '2')).toBe('1');
  });

  it('has nowhere to go once everything was rolled away from', () => {
    const ledger = ledgerOf(promote('1'), promote('2'), rollback('1'));
    expect(previousProductionVersion(ledger, '1')).toBeUndefined();
  });

  it('goes back to the version that a rollback restored, after a new promotion', () => {
    const ledger = ledgerOf(
      promote('1'),
      promote('2'),
      promote('3'),
      rollback('2'),
      promote('4', '2'),
    );
    expect(previousProductionVersion(ledger, '4')).toBe('2');
  });

  it('drops all versions above the one that a rollback names', () => {
    const ledger = ledgerOf(promote('1'), promote('2'), promote('3'), rollback('1'), promote('4'));
    expect(previousProductionVersion(ledger, '4')).toBe('1');
  });

  it('drops only the current version when a rollback restores one that was dropped before', () => {
    const ledger = ledgerOf(
      promote('1'),
      promote('2'),
      promote('3'),
      rollback('2'),
      promote('4'),
      rollback('3'),
    );
    expect(previousProductionVersion(ledger, '3')).toBe('2');
  });

  it('counts a version that is promoted again as new', () => {
    const ledger = ledgerOf(promote('1'), promote('2'), promote('1'));
    expect(previousProductionVersion(ledger, '1')).toBe('2');
  });

  it('is the last version of all when production is empty', () => {
    const ledger = ledgerOf(promote('1'), promote('2'), { version: '2', to: 'Archived' });
    expect(previousProductionVersion(ledger, undefined)).toBe('2');
  });

  it('is the last version of the ledger when another program put a newer one in production', () => {
    expect(previousProductionVersion(ledgerOf(promote('1'), promote('2')), '7')).toBe('2');
  });

  it('knows a version that another program put in production by its displacement', () => {
    expect(previousProductionVersion(ledgerOf(promote('1'), promote('8', '7')), '8')).toBe('7');
  });

  it('knows a version that begins anew for another one of its number', () => {
    const ledger = ledgerOf(
      promote('1'),
      promote('2', '1'),
      { version: '2', to: 'Archived' },
      { version: '2', from: 'None', to: 'Staging' },
      { ...promote('3'), from: 'None' },
    );
    expect(previousProductionVersion(ledger, '3')).toBe('1');
  });

  it('follows the sequence of the entries, not their order in the list', () => {
    const ledger = ledgerOf(promote('1'), promote('2'), promote('3')).reverse();
    expect(previousProductionVersion(ledger, '3')).toBe('2');
  });

  it('never comes to the same version twice by rolling back again and again', () => {
    const version = fc.constantFrom('1', '2', '3', '4', '5');
    const step = fc.oneof(
      version.map((one) => promote(one)),
      version.map(rollback),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 15 }), (steps) => {
        const moves = [...steps];
        const visited = [moves.at(-1)!.version];
        for (;;) {
          const previous = previousProductionVersion(ledgerOf(...moves), visited.at(-1));
          if (previous === undefined) break;
          visited.push(previous);
          moves.push(rollback(previous));
        }
        expect(new Set(visited).size).toBe(visited.length);
      }),
    );
  });
});
