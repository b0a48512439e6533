import { GnuMlopsError } from '../errors.ts';
import { type ConfigOrigin, formatOrigin } from './config-origin.ts';
import { type SettingPath, formatSettingPath } from './setting-path.ts';

/** Anything wrong with a configuration. */
export abstract class ConfigError extends GnuMlopsError {
  /** What else is wrong with the same configuration, in the order of its files. */
  others: readonly ConfigError[] = [];
}

/** The configuration file that was asked for is not there. */
export class ConfigFileNotFoundError extends ConfigError {
  static readonly code = 'CONFIG_FILE_NOT_FOUND';
  readonly file: string;

  constructor(file: string) {
    super(
      ConfigFileNotFoundError.code,
      `There is no configuration file "${file}". Check the path, or write one: every key has a default.`,
    );
    this.file = file;
  }
}

/** A configuration file is there and cannot be read. */
export class ConfigFileUnreadableError extends ConfigError {
  static readonly code = 'CONFIG_FILE_UNREADABLE';
  readonly file: string;

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(
      ConfigFileUnreadableError.code,
      `The configuration file "${file}" cannot be read: ${reason}.`,
      options,
    );
    this.file = file;
  }
}

/** A configuration file is no YAML, or uses a part of YAML that has no place in a configuration. */
export class ConfigYamlInvalidError extends ConfigError {
  static readonly code = 'CONFIG_YAML_INVALID';
  readonly origin: ConfigOrigin;

  constructor(origin: ConfigOrigin, reason: string) {
    super(ConfigYamlInvalidError.code, `${formatOrigin(origin)}: ${reason}.`);
    this.origin = origin;
  }
}

/** A key that the configuration does not have. */
export class ConfigUnknownKeyError extends ConfigError {
  static readonly code = 'CONFIG_UNKNOWN_KEY';
  /** Such as `training.test_sise`. */
  readonly path: string;
  readonly origin: ConfigOrigin;

  constructor(path: SettingPath, origin: ConfigOrigin, hint: string) {
    const named = formatSettingPath(path);
    super(ConfigUnknownKeyError.code, `${formatOrigin(origin)}: unknown key "${named}". ${hint}`);
    this.path = named;
    this.origin = origin;
  }
}

/** A setting has a value of the wrong type or out of its range. */
export class ConfigInvalidValueError extends ConfigError {
  static readonly code = 'CONFIG_INVALID_VALUE';
  /** Such as `training.test_size`. */
  readonly path: string;
  readonly origin: ConfigOrigin;

  constructor(
    path: SettingPath,
    origin: ConfigOrigin,
    mismatch: { readonly found: string; readonly expected: string },
  ) {
    const named = formatSettingPath(path);
    super(
      ConfigInvalidValueError.code,
      `${formatOrigin(origin)}: ${named} is ${mismatch.found}; expected ${mismatch.expected}.`,
    );
    this.path = named;
    this.origin = origin;
  }
}

/** A secret stands in a file that is meant to be shared. */
export class ConfigSecretInFileError extends ConfigError {
  static readonly code = 'CONFIG_SECRET_IN_FILE';
  readonly path: string;
  readonly origin: ConfigOrigin;

  /** @param variable where the secret belongs instead; null where there is no such setting. */
  constructor(path: SettingPath, origin: ConfigOrigin, variable: string | null) {
    const named = formatSettingPath(path);
    const remedy =
      variable === null
        ? 'Take it out: there is no such setting.'
        : `Take it out and put it into the environment variable ${variable}, or into .env.`;
    super(
      ConfigSecretInFileError.code,
      `${formatOrigin(origin)}: ${named} holds a secret, which does not belong in a file. ${remedy}`,
    );
    this.path = named;
    this.origin = origin;
  }
}

/** A `GNU_MLOPS_...` variable that names no setting. */
export class ConfigUnknownVariableError extends ConfigError {
  static readonly code = 'CONFIG_UNKNOWN_VARIABLE';
  readonly variable: string;

  constructor(origin: ConfigOrigin & { kind: 'environment' }, hint: string) {
    super(ConfigUnknownVariableError.code, `${formatOrigin(origin)}: it names no setting. ${hint}`);
    this.variable = origin.variable;
  }
}

/** A file refers to `${VARIABLE}`, and the environment has no such variable. */
export class ConfigVariableNotSetError extends ConfigError {
  static readonly code = 'CONFIG_VARIABLE_NOT_SET';
  readonly variable: string;
  readonly path: string;

  constructor(path: SettingPath, origin: ConfigOrigin, variable: string) {
    const named = formatSettingPath(path);
    super(
      ConfigVariableNotSetError.code,
      `${formatOrigin(origin)}: ${named} refers to \${${variable}}, which is not set. ` +
        'Set the environment variable, or take the reference out.',
    );
    this.variable = variable;
    this.path = named;
  }
}
