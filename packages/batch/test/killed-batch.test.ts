import { expect, it } from 'vitest';
import { readBatchLedger } from '../src/read-batch-ledger.ts';
import { runBatch } from '../src/run-batch.ts';
import { batchScene } from './support/batch-scene.ts';
import { runChild } from './support/run-child.ts';

const contents = { 'a.csv': 'x\n1\n2\n9\n', 'b.csv': 'x\n7\n' };

/** An output with its times cut off, since these differ from run to run. */
const withoutTimes = (output: string) => output.replaceAll(/,\d{4}-[^\n]*Z$/gm, '');

const outputs = {
  'a_predictions.csv':
    'x,prediction,probability,prediction_timestamp\n' +
    '1,"low, ""cold""",0.9\n2,"low, ""cold""",0.8\n9,high,0.9\n',
  'b_predictions.csv': 'x,prediction,probability,prediction_timestamp\n7,high,0.7\n',
};

function newScene() {
  const scene = batchScene();
  for (const [name, content] of Object.entries(contents)) scene.put(name, content);
  const visible = () =>
    Object.fromEntries(
      scene
        .list('out')
        .filter((name) => !name.startsWith('.'))
        .map((name) => [name, withoutTimes(scene.read('out', name))]),
    );
  return { ...scene, visible };
}

it('killed before any one of its changes, it scores each file once in the end', async () => {
  const { changes } = (await runChild(newScene().options))!;
  expect(changes).toBeGreaterThan(40);
  const numbers = Array.from({ length: changes }, (_, index) => index + 1);

  async function killAndGoOn(): Promise<void> {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      const { options, list, read, visible } = newScene();
      const where = `killed before change ${number}`;
      expect(await runChild(options, { killBefore: number }), where).toBeUndefined();
      for (const [name, content] of Object.entries(visible())) {
        expect(content, `${where}: ${name}`).toBe(outputs[name as keyof typeof outputs]);
      }

      const report = await runBatch({ ...options, now: Date.now });

      expect(report, where).toMatchObject({ failed: 0, leased: 0 });
      expect(visible(), where).toEqual(outputs);
      expect(list('out'), where).toEqual(Object.keys(outputs));
      expect(list('in'), where).toEqual([]);
      expect(list('archive'), where).toEqual(Object.keys(contents));
      for (const [name, content] of Object.entries(contents)) {
        expect(read('archive', name), where).toBe(content);
      }
      const states = readBatchLedger(options.ledgerPath).map(({ state }) => state);
      expect(
        states.every((state) => state === 'archived'),
        where,
      ).toBe(true);
    }
  }
  await Promise.all([killAndGoOn(), killAndGoOn()]);
}, 300_000);
