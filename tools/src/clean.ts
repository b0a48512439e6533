import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What building and testing make, and nothing a person made. */
const made = ['packages', 'apps'].flatMap((group) =>
  readdirSync(join(root, group)).flatMap((name) => [
    join(root, group, name, 'dist'),
    join(root, group, name, 'coverage'),
  ]),
);
for (const folder of [...made, join(root, '.nx', 'cache')]) {
  rmSync(folder, { recursive: true, force: true });
}
