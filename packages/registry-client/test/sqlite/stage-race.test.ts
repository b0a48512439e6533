import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { verifyLedger } from '../../src/ledger-chain.ts';
import { openRegistry } from '../../src/open-registry.ts';

const ROUNDS = 100;
const racer = fileURLToPath(new URL('../processes/race-for-stage.ts', import.meta.url));

it('lets exactly one of two processes win each race for a stage', async () => {
  const uri = `sqlite:///${temporaryFolder()}/mlflow.db`;
  const registry = await openRegistry(uri);
  onTestFinished(() => registry.close());
  const { name } = await registry.createRegisteredModel('churn');
  const createVersion = () =>
    registry.createModelVersion({ name, source: 'elsewhere', createdAt: 0 });
  const racers = await Promise.all([startRacer(uri), startRacer(uri)]);

  const winners: string[] = [];
  let holder: string | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const versions = [(await createVersion()).version, (await createVersion()).version];
    const answers = await Promise.all(
      racers.map(async (process, i) => {
        process.send({ name, version: versions[i], expectedHolder: holder });
        return (await once(process, 'message'))[0] as string;
      }),
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

async function startRacer(uri: string): Promise<ChildProcess> {
  const process = fork(racer, [uri], { execArgv: ['--conditions=@gnu-mlops/source'] });
  onTestFinished(() => void process.kill());
  expect((await once(process, 'message'))[0]).toBe('ready');
  return process;
}
