import type { Tags } from '../entities.ts';
import type { Store } from './store.ts';

/** A row of a table of keys and values. */
export interface TagRow {
  readonly key: string;
  readonly value: string;
}

/** Keys and values as an object. */
export function toTags(rows: readonly TagRow[]): Tags {
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

/** A table of keys and values, and the columns that say whose they are. */
export interface TagTable {
  readonly name: string;
  readonly owner: readonly string[];
}

/** Remove a tag of one owner, inside a write. @returns whether it was there. */
export function removeTag(
  store: Store,
  table: TagTable,
  { owner, key }: { readonly owner: readonly (string | number)[]; readonly key: string },
): boolean {
  const condition = table.owner.map((column) => `${column} = ?`).join(' AND ');
  const sql = `DELETE FROM ${table.name} WHERE ${condition} AND key = ?`;
  return store.db.run(sql, [...owner, String(key)]) > 0;
}

/** Write tags of one owner into a table of ours; a tag that is there gets the new value. */
export function writeTags(
  store: Store,
  table: TagTable,
  { owner, tags }: { readonly owner: readonly (string | number)[]; readonly tags: Tags },
): void {
  const sql =
    `INSERT INTO ${table.name} (${table.owner.join(', ')}, key, value)` +
    ` VALUES (${table.owner.map(() => '?').join(', ')}, ?, ?)` +
    ` ON CONFLICT DO UPDATE SET value = excluded.value`;
  for (const [key, value] of Object.entries(tags)) store.db.run(sql, [...owner, key, value]);
}
