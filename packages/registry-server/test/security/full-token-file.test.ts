import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import type { TokenReport } from '../processes/create-tokens.ts';

const script = fileURLToPath(new URL('../processes/create-tokens.ts', import.meta.url));

it.skipIf(process.platform === 'win32')(
  'says of no token that it was made whose line did not fit on the disk',
  () => {
    // Files grow to a few lines and no further, which need not be where a line ends.
    const limited = ['-c', 'ulimit -f 1 && exec "$@"', 'sh'];
    const file = join(temporaryFolder(), 'tokens.jsonl');
    const node = [process.execPath, ...SOURCE_FLAGS, script, file];
    const { status, stdout, stderr } = spawnSync('sh', [...limited, ...node], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const { made, found, code } = JSON.parse(stdout) as TokenReport;
    expect(code).toBe('SERVER_TOKEN_FILE');
    expect(made).toBeGreaterThan(0);
    expect(found).toBe(made);
  },
);
