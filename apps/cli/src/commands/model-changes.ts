import type { Registry } from '@gnu-mlops/registry-client';
import type { Command } from 'commander';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { keyValues } from '../key-values.ts';
import { readModel } from '../read-model.ts';
import { formatQuantity } from '../render/figures.ts';
import { formatModel } from '../render/models.ts';
import { requireYes } from '../require-yes.ts';
import { withRegistry } from '../with-registry.ts';

interface VersionOption {
  readonly version?: string;
}

interface YesOption {
  readonly yes?: true;
}

const versionOption = ['--version <number>', 'the tags of this version, not of the model'] as const;
const yesOption = ['--yes', 'yes, for good'] as const;

/** `models rename|tag|untag|alias|unalias|delete-version|delete` */
export function defineModelChanges(models: Command, run: RunCommand): void {
  const described = (command: Command, description: string, ...examples: string[]) =>
    command
      .description(description)
      .addHelpText('after', helpExamples(...examples.map((example) => `models ${example}`)));

  described(
    models.command('rename <name> <new-name>'),
    'give a model another name; versions, aliases, stages and ledger go with it',
    'rename churn customer-churn',
  ).action(
    run((context, _options, [name, newName]) =>
      change(context, newName as string, (registry) =>
        registry.renameRegisteredModel(name as string, newName as string),
      ),
    ),
  );

  described(
    models.command('tag <name> <key=value...>').option(...versionOption),
    'write tags of a model, or of a version',
    'tag churn team=crm',
    'tag churn reviewed=yes --version 3',
  ).action(
    run<VersionOption>((context, { version }, [name, texts]) => {
      const tags = keyValues(texts as readonly string[]);
      return change(context, name as string, async (registry, model) => {
        for (const [key, value] of tags) {
          if (version === undefined) await registry.setRegisteredModelTag(model, key, value);
          else await registry.setModelVersionTag(model, version, key, value);
        }
      });
    }),
  );

  described(
    models.command('untag <name> <key...>').option(...versionOption),
    'remove tags of a model, or of a version',
    'untag churn team',
  ).action(
    run<VersionOption>((context, { version }, [name, keys]) =>
      change(context, name as string, async (registry, model) => {
        for (const key of keys as readonly string[]) {
          if (version === undefined) await registry.deleteRegisteredModelTag(model, key);
          else await registry.deleteModelVersionTag(model, version, key);
        }
      }),
    ),
  );

  described(
    models.command('alias <name> <alias> <version>'),
    'point an alias at a version; those of the stages are moved by `deploy`',
    'alias churn best 3',
  ).action(
    run((context, _options, [name, alias, version]) =>
      change(context, name as string, (registry, model) =>
        registry.setAlias(model, alias as string, version as string),
      ),
    ),
  );

  described(
    models.command('unalias <name> <alias>'),
    'remove an alias',
    'unalias churn best',
  ).action(
    run((context, _options, [name, alias]) =>
      change(context, name as string, (registry, model) =>
        registry.deleteAlias(model, alias as string),
      ),
    ),
  );

  described(
    models.command('delete-version <name> <version>').option(...yesOption),
    'remove a version for good; its run stays',
    'delete-version churn 2 --yes',
  ).action(
    run<YesOption>((context, options, [name, version]) =>
      change(context, name as string, async (registry, model) => {
        const { stage } = await registry.getModelVersion(model, version as string);
        requireYes(
          options,
          `Version ${version as string} of "${model}" (${stage}) would be removed for good`,
        );
        await registry.deleteModelVersion(model, version as string);
      }),
    ),
  );

  described(
    models.command('delete <name>').option(...yesOption),
    'remove a model and its versions for good; their runs stay, and so does the ledger',
    'delete churn --yes',
  ).action(
    run<YesOption>((context, options, [modelName]) =>
      withRegistry(context, async ({ registry }) => {
        const name = modelName as string;
        const { versions } = await readModel(registry, name);
        const count = formatQuantity(versions.length, 'version');
        requireYes(options, `Model "${name}" with ${count} would be removed for good`);
        await registry.deleteRegisteredModel(name);
        return {
          json: { deleted: name, versionCount: versions.length },
          text: `Model ${context.style.bold(name)} with ${count} is gone.\n`,
        };
      }),
    ),
  );
}

/** Do something to a model, and show how it is then. */
function change(
  context: CommandContext,
  name: string,
  work: (registry: Registry, name: string) => Promise<void>,
): Promise<CommandResult> {
  return withRegistry(context, async ({ registry }) => {
    await work(registry, name);
    const { model, versions } = await readModel(registry, name);
    return { json: { model, versions }, text: formatModel(model, versions, context.style) };
  });
}
