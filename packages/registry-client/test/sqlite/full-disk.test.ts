import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import type { FullDiskReport } from '../processes/fill-disk.ts';

const script = fileURLToPath(new URL('../processes/fill-disk.ts', import.meta.url));

/** Part of Linux: the command that comes after it has mounts of its own. */
const [unshare, ...ownMounts] = ['unshare', '--user', '--map-root-user', '--mount'] as const;

/** Run a command with a file system of 4 MB at a folder; not every machine lets its users make one. */
function onSmallDisk(folder: string, command: readonly string[]) {
  const mount = 'mount -t tmpfs -o size=4m tmpfs "$0" && exec "$@"';
  const parameters = [...ownMounts, 'sh', '-c', mount, folder, ...command];
  return spawnSync(unshare, parameters, { encoding: 'utf8', timeout: 50_000 });
}

it('says that the disk is full, keeps what it acknowledged, and goes on when there is room', (context) => {
  const folder = temporaryFolder();
  if (onSmallDisk(folder, ['true']).status !== 0) {
    context.skip('This machine does not let us make a small disk (unshare and a tmpfs).');
  }
  const node = [process.execPath, ...SOURCE_FLAGS, script, folder];
  const { status, stdout, stderr } = onSmallDisk(folder, node);
  expect([status, stderr]).toEqual([0, '']);
  const report = JSON.parse(stdout) as FullDiskReport;
  expect(report.codes).toEqual(Array(3).fill('REGISTRY_DISK_FULL'));
  expect(report.message).toMatch(/No room is left.*free some/);
  expect(report.acknowledged).toBeGreaterThan(10);
  expect(report.readWhileFull).toBe(report.acknowledged - 1);
  expect(report.readAfterwards).toBe(report.acknowledged);
  expect(report.leftovers).toEqual([]);
  expect(report.integrity).toBe('ok');
});
