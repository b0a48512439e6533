import {
  type Logger,
  createLogger,
  createRedactor,
  describeError,
  errorOutcome,
} from '@gnu-mlops/app-runtime/logging';
import { runServer } from '@gnu-mlops/app-runtime/server';
import { type Config, loadConfig } from '@gnu-mlops/core/config';
import { helpText, readArguments } from './read-arguments.ts';
import type { Surroundings } from './surroundings.ts';
import { apiVersion } from './version.ts';

/** Variables with secrets that are no settings of the configuration. */
const SECRET_VARIABLES = ['MLFLOW_TRACKING_PASSWORD', 'MLFLOW_TRACKING_TOKEN'];

/**
 * Run the service until its signal is aborted.
 *
 * @param args what follows the program's name.
 * @returns the exit code: 0 ended as it was told to, otherwise as `docs/errors.md` lists.
 */
export async function runApi(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = readArguments(args);
  if (asked.wish === 'unknown') {
    surroundings.writeNotice(`error: ${asked.problem} See --help.\n`);
    return 2;
  }
  if (asked.wish !== 'serve') {
    surroundings.writeLog(asked.wish === 'help' ? helpText : `${apiVersion}\n`);
    return 0;
  }
  const { cwd, env } = surroundings;
  let logger = createServiceLogger(surroundings);
  try {
    const { config, files } = await loadConfig({
      ...{ cwd, env },
      ...(asked.config === undefined ? {} : { path: asked.config }),
    });
    logger = createServiceLogger(surroundings, config);
    logger.info({ version: apiVersion, configuration: files }, 'starting');
    await serve(config, surroundings, logger);
    logger.info('ended');
    return 0;
  } catch (error) {
    logger.fatal({ err: error }, describeError(error));
    return errorOutcome(error).exitCode;
  }
}

function createServiceLogger({ env, now, writeLog }: Surroundings, config?: Config): Logger {
  const secrets = SECRET_VARIABLES.flatMap((name) => env[name] ?? []);
  return createLogger({
    level: config?.server.log_level ?? 'info',
    destination: { write: writeLog },
    ...(config === undefined ? {} : { redact: createRedactor(config, secrets) }),
    now,
  });
}

async function serve(config: Config, surroundings: Surroundings, logger: Logger): Promise<void> {
  await runServer({ config }, surroundings, {
    onFirstToken({ token: { id, scope }, text }) {
      surroundings.writeNotice(`The first token, shown this once: ${text}\n`);
      logger.warn({ id, scope }, 'the first token was made, and printed on standard error');
    },
    onReady: (facts) => logger.info(facts, 'ready'),
    onStopping: () => logger.info('stopping: requests that came are finished'),
    onFailure: (error) => logger.error({ err: error }, describeError(error)),
    onAnswer: (facts) => logger.info(facts, 'answered'),
  });
}
