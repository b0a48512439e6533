import { configJsonSchema, formatOrigin, redactConfig } from '@gnu-mlops/core/config';
import { writeFileAtomic } from '@gnu-mlops/data';
import type { Command } from 'commander';
import type { RunCommand } from '../command-context.ts';
import { resolvePath } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { loadSettings } from '../load-settings.ts';
import { formatSettings } from '../render/settings.ts';

interface SchemaOptions {
  readonly output?: string;
}

/** `config check|show|schema` */
export function defineConfig(program: Command, run: RunCommand): void {
  const config = program.command('config').description('the configuration: check it, see it');

  config
    .command('check')
    .description('fail with one clear line when anything in the configuration is wrong')
    .addHelpText('after', helpExamples('config check', 'config check --config other.yaml'))
    .action(
      run(async (context) => {
        const { files } = await loadSettings(context);
        const where = files.length === 0 ? 'no file, defaults only' : files.join(', ');
        return { json: { valid: true, files }, text: `The configuration is valid (${where}).\n` };
      }),
    );

  config
    .command('show')
    .description('every setting, its value, and where that comes from; secrets are hidden')
    .addHelpText('after', helpExamples('config show', 'config show --json'))
    .action(
      run(async (context) => {
        const { config, sources } = await loadSettings(context);
        const origins = Object.fromEntries(
          sources.map(({ path, origin }) => [path, formatOrigin(origin)]),
        );
        return {
          json: { config: redactConfig(config), origins },
          text: formatSettings(sources, context.style),
        };
      }),
    );

  config
    .command('schema')
    .description('the JSON Schema of the configuration, for editors')
    .option('-o, --output <file>', 'write it to a file')
    .addHelpText('after', helpExamples('config schema -o configs/config.schema.json'))
    .action(
      run<SchemaOptions>(async (context, { output }) => {
        const schema = configJsonSchema();
        const text = `${JSON.stringify(schema, null, 2)}\n`;
        if (output === undefined) return { json: schema, text };
        await writeFileAtomic(resolvePath(context.terminal.cwd, output), text);
        return { json: { file: output }, text: `Wrote ${output}.\n` };
      }),
    );
}
