import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Windows opens no folders, and keeps their entries without being asked. */
const isNeeded = process.platform !== 'win32';

/** Make sure that the names in a folder are still there after a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  if (!isNeeded) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** As {@link syncFolder}, while the database is locked, when nothing else may run. */
export function syncFolderSync(folder: string): void {
  if (!isNeeded) return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
