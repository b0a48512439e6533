import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type ApiArguments =
  | { readonly wish: 'help' | 'version' }
  | { readonly wish: 'serve'; readonly config: string | undefined }
  /** It cannot be read, and why. */
  | { readonly wish: 'unknown'; readonly problem: string };

/** Read what follows the program's name. */
export function readArguments(args: readonly string[]): ApiArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        config: { type: 'string', short: 'c' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'V' },
      },
    });
    if (values.help === true) return { wish: 'help' };
    if (values.version === true) return { wish: 'version' };
    return { wish: 'serve', config: values.config };
  } catch (error) {
    return { wish: 'unknown', problem: (error as Error).message };
  }
}

/** What --help prints. */
export const helpText = `Usage: gnu-mlops-api [--config <file>]

Serve a registry over MLflow's REST API until SIGTERM; requests that came are finished.

  -c, --config <file>  configuration file (default: configs/config.yaml if there)
  -V, --version        print the version
  -h, --help           print this

The sections "server" and "mlflow" of the configuration say what is served, where and to whom; every
key has a variable, such as GNU_MLOPS_SERVER_HOST. The log is JSON lines on standard output; a first
token is printed on standard error, once. GET /health/live and /health/ready are for supervisors.

Exit codes: 0 ended, 1 unexpected failure, 2 wrong usage or configuration, 6 registry out of reach,
130 cut off by a second signal.
`;
