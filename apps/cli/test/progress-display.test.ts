import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';

const module = fileURLToPath(new URL('../src/render/progress-display.ts', import.meta.url));

it('gives the cursor back to a terminal whose process ends while a bar is shown', async () => {
  const script = `
    process.stderr.isTTY = true;
    const { createProgressDisplay } = await import(${JSON.stringify(module)});
    const { listener } = createProgressDisplay({ isInteractive: true }, 'shown');
    listener({ stage: 'batch', done: 0, total: 3, detail: 'a.csv: 10000 rows' });
    listener({ stage: 'batch', done: 1, total: 3, detail: 'a.csv: scored' });
    process.exit(130);`;
  const args = [...SOURCE_FLAGS, '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));

  const shown = await text(child.stderr);

  expect(shown).toContain('batch');
  for (const mode of ['?25', '?7']) {
    expect(shown).toContain(`\u001B[${mode}l`);
    expect(shown.lastIndexOf(`\u001B[${mode}h`)).toBeGreaterThan(
      shown.lastIndexOf(`\u001B[${mode}l`),
    );
  }
}, 20_000);
