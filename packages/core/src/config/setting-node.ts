import { configJsonSchema } from './config-json-schema.ts';
import type { SettingPath } from './setting-path.ts';

/** The part of JSON Schema that loading goes by: how text is read, and what is expected. */
export interface SettingNode {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly properties?: { readonly [key: string]: SettingNode };
  readonly additionalProperties?: boolean | SettingNode;
  readonly items?: SettingNode;
  readonly anyOf?: readonly SettingNode[];
  /** A secret. */
  readonly writeOnly?: boolean;
}

/** The whole configuration as a node. */
export function rootSetting(): SettingNode {
  return configJsonSchema() as SettingNode;
}

/** The node at `path`; undefined where the schema knows none. */
export function settingAt(root: SettingNode, path: SettingPath): SettingNode | undefined {
  let current: SettingNode | undefined = root;
  for (const step of path) {
    current = typeof step === 'number' ? current?.items : childSetting(current, step);
  }
  return current;
}

/** The node of one key. */
export function childSetting(node: SettingNode | undefined, key: string): SettingNode | undefined {
  if (node?.properties !== undefined && Object.hasOwn(node.properties, key)) {
    return node.properties[key];
  }
  return typeof node?.additionalProperties === 'object' ? node.additionalProperties : undefined;
}

/** Whether null is a value of its own here, and not merely "as if left out". */
export function allowsNull(node: SettingNode | undefined): boolean {
  if (node === undefined) return false;
  return [node.type].flat().includes('null') || (node.anyOf?.some(allowsNull) ?? false);
}
