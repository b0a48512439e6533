export {
  ConfigError,
  ConfigFileNotFoundError,
  ConfigFileUnreadableError,
  ConfigInvalidValueError,
  ConfigSecretInFileError,
  ConfigUnknownKeyError,
  ConfigUnknownVariableError,
  ConfigVariableNotSetError,
  ConfigYamlInvalidError,
} from './config-errors.ts';
export { configJsonSchema } from './config-json-schema.ts';
export { type ConfigOrigin, formatOrigin } from './config-origin.ts';
export { type Config, configSchema } from './config-schema.ts';
export type { ConfigSource } from './config-sources.ts';
export type { Environment } from './environment.ts';
export { SHARED_VARIABLES } from './environment-variables.ts';
export { type ConfigLocation, type LoadedConfig, loadConfig } from './load-config.ts';
export type { MetricThreshold } from './metric-threshold.ts';
export { DATA_CHECK_NAMES } from './data-check-setting.ts';
export { ALGORITHM_NAMES } from './model-section.ts';
export { STEP_KIND_NAMES } from './preprocessing-section.ts';
export { parseConfig } from './parse-config.ts';
export { redactConfig } from './redact-config.ts';
export { redactText } from './redact-text.ts';
export { type Secret, REDACTED, createSecret, isSecret } from './secret.ts';
export { isSecretName } from './secret-name.ts';
