import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LedgerEntry } from '../src/entities.ts';
import { FIRST_PREVIOUS_HASH, hashLedgerEntry, verifyLedger } from '../src/ledger-chain.ts';

it('finds nothing wrong with a chain as it was written, nor with an empty one', () => {
  expect(verifyLedger(chain('churn', 5))).toEqual({ isValid: true, entryCount: 5, problems: [] });
  expect(verifyLedger([])).toEqual({ isValid: true, entryCount: 0, problems: [] });
});

it('checks the chains of several models side by side', () => {
  const [a, b] = [chain('a', 3), chain('b', 3, 100)];
  const mixed = [a[0]!, b[0]!, a[1]!, b[1]!, b[2]!, a[2]!];
  expect(verifyLedger(mixed)).toMatchObject({ isValid: true, entryCount: 6 });
});

it.each([
  ['version', '9'],
  ['fromStage', 'Archived'],
  ['toStage', 'Archived'],
  ['displacedVersion', '9'],
  ['actor', 'eve'],
  ['reason', 'other'],
  ['evidence', '{"f1":1}'],
  ['at', 99],
  ['sequence', 3.5],
] as const)('sees that %s of an entry was changed', (field, value) => {
  const entries = chain('churn', 5);
  entries[2] = { ...entries[2]!, [field]: value };
  const { isValid, problems } = verifyLedger(entries);
  expect(isValid).toBe(false);
  expect(problems[0]).toMatchObject({ problem: 'hash_mismatch', modelName: 'churn' });
});

it('sees that an entry was changed and hashed anew', () => {
  const entries = chain('churn', 5);
  const changed = { ...entries[2]!, actor: 'eve' };
  entries[2] = { ...changed, hash: hashLedgerEntry(changed) };
  expect(verifyLedger(entries).problems).toMatchObject([
    { sequence: 4, problem: 'chain_broken', message: expect.stringContaining('entry 3') as string },
  ]);
});

it('sees that entries were removed, inserted, repeated or swapped', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.constantFrom('remove', 'repeat', 'swap', 'insert'), (at, how) => {
      const entries = chain('churn', 5);
      if (how === 'remove') entries.splice(at, 1);
      if (how === 'repeat') entries.splice(at, 0, entries[at]!);
      if (how === 'swap') entries.splice(at, 2, entries[at + 1]!, entries[at]!);
      if (how === 'insert') entries.splice(at, 0, chain('churn', 1)[0]!);
      expect(verifyLedger(entries).isValid).toBe(false);
    }),
  );
});

it('hashes the same fields to the same digest in every version of this package', () => {
  expect(chain('churn', 1)[0]!.hash).toMatchInlineSnapshot(
    `"0e8d6044e934da8ac6cf89aeecf9b002394aa2976d856f834c8035a5ed1b8e70"`,
  );
});

function chain(modelName: string, length: number, firstSequence = 1): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (let i = 0; i < length; i++) {
    const unhashed = {
      sequence: firstSequence + i,
      modelName,
      version: String(i + 1),
      fromStage: 'Staging',
      toStage: 'GNU_Production',
      displacedVersion: i === 0 ? null : String(i),
      actor: 'ada',
      reason: 'gates passed',
      evidence: '{"f1":0.9}',
      at: 1000 + i,
      previousHash: entries.at(-1)?.hash ?? FIRST_PREVIOUS_HASH,
    } as const;
    entries.push({ ...unhashed, hash: hashLedgerEntry(unhashed) });
  }
  return entries;
}
