import { GnuMlopsError } from '@gnu-mlops/core';

/** Something must be known that neither the configuration nor the caller says. */
export class SettingMissingError extends GnuMlopsError {
  static readonly code = 'RUNTIME_SETTING_MISSING';
  /** Such as `data.target`; without a section where the configuration has no say. */
  readonly setting: string;

  /** @param remedy default: for a setting of the configuration. */
  constructor(setting: string, purpose: string, remedy: string = configure(setting)) {
    super(SettingMissingError.code, `${setting} is not set, and ${purpose}. ${remedy}`);
    this.setting = setting;
  }
}

/** A setting asks for something that nothing here does. */
export class SettingUnsupportedError extends GnuMlopsError {
  static readonly code = 'RUNTIME_SETTING_UNSUPPORTED';
  readonly setting: string;

  constructor(setting: string, problem: string) {
    super(SettingUnsupportedError.code, `${setting} ${problem}`);
    this.setting = setting;
  }
}

/** Settings of a server do not go together, or name what cannot be read. */
export class ServerSettingError extends GnuMlopsError {
  static readonly code = 'RUNTIME_SERVER_SETTING';

  constructor(message: string, options?: ErrorOptions) {
    super(ServerSettingError.code, message, options);
  }
}

function configure(setting: string): string {
  const variable = `GNU_MLOPS_${setting.replaceAll('.', '_').toUpperCase()}`;
  return `Write it into the configuration, or set ${variable}.`;
}
