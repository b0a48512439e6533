import { ConfigSecretInFileError } from './config-errors.ts';
import { preferredVariable } from './environment-variables.ts';
import { type LocatedValue, isLocatedList, isLocatedMap } from './located-value.ts';
import { isSecretName } from './secret-name.ts';
import { type SettingNode, settingAt } from './setting-node.ts';
import type { SettingPath } from './setting-path.ts';

const references = /\$\{[A-Za-z_][A-Za-z0-9_]*\}/g;

/**
 * Refuse a file that holds a secret: in a secret setting, under any name that sounds like one, or
 * within a URI. A reference to a variable (`${DATABRICKS_TOKEN}`) is fine.
 *
 * @throws {ConfigSecretInFileError} naming the setting and where to put it instead; never the value.
 */
export function checkNoSecrets(file: LocatedValue, root: SettingNode): void {
  function check({ content, origin }: LocatedValue, path: SettingPath): void {
    if (isLocatedMap(content)) {
      for (const [key, entry] of content) check(entry, [...path, key]);
    } else if (isLocatedList(content)) {
      content.forEach((item, index) => check(item, [...path, index]));
    } else if (content !== null && holdsSecret(String(content), path, root)) {
      const names = path.filter((step) => typeof step === 'string');
      const isSetting = settingAt(root, path) !== undefined;
      throw new ConfigSecretInFileError(path, origin, isSetting ? preferredVariable(names) : null);
    }
  }
  check(file, []);
}

function holdsSecret(text: string, path: SettingPath, root: SettingNode): boolean {
  const isSecret =
    settingAt(root, path)?.writeOnly === true ||
    path.some((step) => typeof step === 'string' && isSecretName(step));
  return isSecret ? text.replace(references, '') !== '' : hidesUserInfo(text);
}

/** Whether a URI carries a password, or a token for a user, that is written out. */
function hidesUserInfo(text: string): boolean {
  const userInfo = /[a-z][a-z0-9+.-]{0,20}:\/\/([^\s/?#@]+)@/i.exec(text)?.[1];
  if (userInfo === undefined) return false;
  const password = userInfo.includes(':') ? userInfo.slice(userInfo.indexOf(':') + 1) : userInfo;
  return password.replace(references, '') !== '';
}
