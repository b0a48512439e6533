import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { devNull } from 'node:os';
import { DatabaseSync } from 'node:sqlite';

type Work = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Have this process killed, by a signal that nothing can catch, right before the change to files or
 * database of the given number. Call it before the code under test is imported.
 *
 * @param number from 1; 0: never.
 * @returns a function that tells how many changes there were so far.
 */
export async function killBeforeChange(number: number): Promise<() => number> {
  let changes = 0;

  function watch(owner: object, names: readonly string[]): void {
    const methods = owner as Record<string, Work>;
    for (const name of names) {
      const original = methods[name]!;
      methods[name] = function (this: unknown, ...args: unknown[]) {
        changes++;
        if (changes === number) process.kill(process.pid, 'SIGKILL');
        return original.apply(this, args);
      };
    }
  }
  const handle = await fs.promises.open(devNull);
  const handlePrototype = Object.getPrototypeOf(handle) as object;
  await handle.close();
  watch(handlePrototype, ['write', 'sync']);
  watch(fs, ['renameSync', 'linkSync', 'unlinkSync', 'fsyncSync']);
  watch(fs.promises, ['open', 'rename', 'unlink', 'rm', 'mkdir', 'writeFile', 'copyFile']);
  watch(DatabaseSync.prototype, ['exec']);
  syncBuiltinESMExports();
  return () => changes;
}
