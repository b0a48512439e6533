import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { openRegistry, verifyLedger } from '@gnu-mlops/registry-client';
import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { registryServer } from '../src/index.ts';

const ROUNDS = 40;
const program = fileURLToPath(new URL('./processes/race-for-stage.ts', import.meta.url));

it('lets exactly one of processes win each race for a stage, by HTTP and past the server', async () => {
  const file = `sqlite:///${temporaryFolder()}/mlflow.db`;
  const registry = await openRegistry(file);
  const server = fastify();
  await server.register(registryServer, { registry });
  onTestFinished(async () => {
    await server.close();
    await registry.close();
  });
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  const { name } = await registry.createRegisteredModel('churn');
  const racers = await Promise.all([address, address, file].map(startRacer));

  const winners: string[] = [];
  let expectedHolder: string | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const versions: string[] = [];
    while (versions.length < racers.length) {
      const made = await registry.createModelVersion({ name, source: 'elsewhere', createdAt: 0 });
      versions.push(made.version);
    }
    const holder: string | null = expectedHolder;
    const answers: unknown[] = await Promise.all(
      racers.map((racer, i) => ask(racer, { name, version: versions[i], expectedHolder: holder })),
    );
    expect(answers.toSorted()).toEqual([
      ...Array<string>(racers.length - 1).fill('REGISTRY_STAGE_CONFLICT'),
      'won',
    ]);
    expectedHolder = versions[answers.indexOf('won')]!;
    winners.push(expectedHolder);
    expect((await registry.findVersionByAlias(name, 'champion'))?.version).toBe(expectedHolder);
  }
  const ledger = await registry.readLedger(name);
  expect(ledger.map(({ version }) => version)).toEqual(winners);
  expect(verifyLedger(ledger)).toMatchObject({ isValid: true, entryCount: ROUNDS });
});

async function startRacer(uri: string): Promise<ChildProcess> {
  const child = fork(program, [uri], { execArgv: [...SOURCE_FLAGS] });
  onTestFinished(() => void child.kill());
  await once(child, 'message');
  return child;
}

async function ask(child: ChildProcess, task: object): Promise<unknown> {
  child.send(task);
  const [answer] = (await once(child, 'message')) as [unknown];
  return answer;
}
