import { type LocatedValue, isLocatedMap } from './located-value.ts';
import { type SettingNode, allowsNull, childSetting } from './setting-node.ts';

/**
 * Leave out keys without a value (`features:`), so that they take their default, except where null
 * is a value of its own (`max_depth: null`).
 */
export function dropNulls(value: LocatedValue, node: SettingNode | undefined): LocatedValue {
  const { content, origin } = value;
  if (!isLocatedMap(content)) return value;
  const entries = [...content]
    .map(([key, entry]) => [key, entry, childSetting(node, key)] as const)
    .filter(
      ([, entry, child]) => entry.content !== null || child === undefined || allowsNull(child),
    )
    .map(([key, entry, child]) => [key, dropNulls(entry, child)] as const);
  return { origin, content: new Map(entries) };
}
