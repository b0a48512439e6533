import { join } from 'node:path';
import { configJsonSchema } from '@gnu-mlops/core/config';
import { makeFolderOf, writeFileAtomic } from '@gnu-mlops/data';
import type { Command } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { FileExistsError } from '../errors.ts';
import { fileExists, resolvePath } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { shellWord } from '../render/shell-word.ts';
import { formatConfigTemplate } from '../render/config-template.ts';

interface InitOptions {
  readonly name: string;
  readonly data: string;
  readonly target?: string;
  readonly force?: true;
}

const secretsExample = `# Secrets, and what differs between machines. Copy to .env, which is never committed.
# DATABRICKS_HOST=
# DATABRICKS_TOKEN=
# MLFLOW_TRACKING_URI=sqlite:///mlflow.db
`;

/** `init` */
export function defineInit(program: Command, run: RunCommand): void {
  program
    .command('init [folder]')
    .description('start a project: a commented configuration, its schema for editors, folders')
    .option('--name <name>', 'name of the experiment and the model', 'my-model')
    .option('--data <file>', 'CSV file to train on', 'data/train.csv')
    .option('--target <column>', 'column to predict')
    .option('--force', 'replace files that are there')
    .addHelpText(
      'after',
      helpExamples('init', 'init churn --name churn --data data/churn.csv --target churn'),
    )
    .action(
      run<InitOptions>(async (context, { name, data, target, force }, [given]) => {
        const folder = given as string | undefined;
        const root = resolvePath(context.terminal.cwd, folder ?? '.');
        const shown = (file: string) => join(folder ?? '.', file);
        const schema = configJsonSchema();
        const files = new Map([
          [
            'configs/config.yaml',
            formatConfigTemplate(schema, {
              mlflow: { gnu_mlflow_config: name, model_name: name },
              data: { local_path: data, ...(target === undefined ? {} : { target }) },
            }),
          ],
          ['configs/config.schema.json', `${JSON.stringify(schema, null, 2)}\n`],
          ['.env.example', secretsExample],
        ]);
        for (const file of files.keys()) {
          if (!force && (await fileExists(join(root, file)))) {
            throw new FileExistsError(shown(file));
          }
        }
        for (const created of ['configs', 'data', 'batch/input']) {
          await makeFolderOf(join(root, created, '*'));
        }
        for (const [file, text] of files) await writeFileAtomic(join(root, file), text);
        const enter = folder === undefined ? '' : `cd ${shellWord(folder)} && `;
        const next =
          target === undefined
            ? `Name the target in ${shown('configs/config.yaml')} (data.target), then: ${enter}gnu-mlops train`
            : `Next: ${enter}gnu-mlops train`;
        return {
          json: { folder: root, files: [...files.keys()] },
          text: `Wrote ${[...files.keys()].map(shown).join(', ')}.\n${next}\n`,
        };
      }),
    );
}
