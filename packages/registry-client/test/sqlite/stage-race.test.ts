import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { verifyLedger } from '../../src/ledger-chain.ts';
import { openRegistry } from '../../src/open-registry.ts';
import { ask, startProcess } from '../processes/start-process.ts';

const ROUNDS = 100;

it('lets exactly one of two processes win each race for a stage', async () => {
  const uri = `sqlite:///${temporaryFolder()}/mlflow.db`;
  const registry = await openRegistry(uri);
  onTestFinished(() => registry.close());
  const { name } = await registry.createRegisteredModel('churn');
  const createVersion = () =>
    registry.createModelVersion({ name, source: 'elsewhere', createdAt: 0 });
  const racers = await Promise.all([
    startProcess('race-for-stage.ts', [uri]),
    startProcess('race-for-stage.ts', [uri]),
  ]);

  const winners: string[] = [];
  let holder: string | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const versions = [(await createVersion()).version, (await createVersion()).version];
    const answers = await Promise.all(
      racers.map((racer, i) => ask(racer, { name, version: versions[i], expectedHolder: holder })),
    );
    expect(answers.toSorted()).toEqual(['REGISTRY_STAGE_CONFLICT', 'won']);
    holder = versions[answers.indexOf('won')]!;
    winners.push(holder);
    expect((await registry.findVersionByStage(name, 'GNU_Production'))?.version).toBe(holder);
  }

  const ledger = await registry.readLedger(name);
  expect(ledger.map(({ version }) => version)).toEqual(winners);
  expect(ledger.map(({ displacedVersion }) => displacedVersion)).toEqual([
    null,
    ...winners.slice(0, -1),
  ]);
  expect(verifyLedger(ledger)).toMatchObject({ isValid: true, entryCount: ROUNDS });
});
