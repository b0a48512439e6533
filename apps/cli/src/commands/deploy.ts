import { stageGates, taskOfMetrics } from '@gnu-mlops/app-runtime';
import {
  type DeploymentPlan,
  applyPlan,
  deploymentHistory,
  describeDeployment,
  draftPromotion,
  draftRollback,
  versionInStageAt,
} from '@gnu-mlops/deployer';
import { RegisteredModelNotFoundError } from '@gnu-mlops/registry-client';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { helpExamples } from '../help-examples.ts';
import { formatDeployment, formatDeploymentInfo, formatHistory } from '../render/deployment.ts';
import { type Workspace, withRegistry } from '../with-registry.ts';

interface ModelOptions {
  readonly model?: string;
}

interface PlanOptions extends ModelOptions {
  readonly version?: string;
  readonly reason?: string;
  readonly dryRun?: true;
}

interface ProductionOptions extends PlanOptions {
  readonly skipStaging?: true;
}

interface RollbackOptions extends PlanOptions {
  readonly to?: string;
}

interface HistoryOptions extends ModelOptions {
  readonly verify?: true;
  readonly at?: number;
}

const modelOption = ['--model <name>', 'registered model (default: the configured one)'] as const;

/** `deploy staging|production|rollback|info|history` */
export function defineDeploy(program: Command, run: RunCommand): void {
  const deploy = program
    .command('deploy')
    .description('promote versions through the gates, roll back, and see what is where');

  planOptions(deploy.command('staging'))
    .description('promote the newest version (or --version) to Staging')
    .addHelpText('after', helpExamples('deploy staging', 'deploy staging --version 3 --dry-run'))
    .action(
      run<PlanOptions>((context, options) =>
        withRegistry(context, (workspace) => promoteTo('Staging', { context, options, workspace })),
      ),
    );

  planOptions(deploy.command('production'))
    .description('promote the version in Staging to GNU_Production')
    .option('--skip-staging', 'let the version named by --version in without Staging')
    .addHelpText(
      'after',
      helpExamples('deploy production', 'deploy production --version 3 --skip-staging'),
    )
    .action(
      run<ProductionOptions>((context, options) =>
        withRegistry(context, (workspace) =>
          promoteTo('GNU_Production', { context, options, workspace }),
        ),
      ),
    );

  deploy
    .command('rollback')
    .description('bring back the version that was in production before')
    .option(...modelOption)
    .option('--to <version>', 'a version that has been in production')
    .option('--reason <text>', 'why, for the ledger')
    .option('--dry-run', 'print the plan, change nothing')
    .addHelpText(
      'after',
      helpExamples('deploy rollback', 'deploy rollback --to 2 --reason "drift in tenure"'),
    )
    .action(
      run<RollbackOptions>((context, options) =>
        withRegistry(context, async (workspace) => {
          const plan = await draftRollback({
            registry: workspace.registry,
            name: modelName(workspace, options),
            ...(options.to === undefined ? {} : { version: options.to }),
          });
          return carryOut(plan, { context, options, workspace });
        }),
      ),
    );

  deploy
    .command('info')
    .description('which version is in which stage, since when, and how good it is')
    .option(...modelOption)
    .addHelpText('after', helpExamples('deploy info', 'deploy info --json'))
    .action(
      run<ModelOptions>((context, options) =>
        withRegistry(context, async (workspace) => {
          const info = await describeDeployment(workspace.registry, modelName(workspace, options));
          return { json: info, text: formatDeploymentInfo(info, context.style) };
        }),
      ),
    );

  deploy
    .command('history')
    .description('every stage move of the model, newest first')
    .option(...modelOption)
    .option('--verify', 'fail when an entry was changed, removed or inserted')
    .option('--at <time>', 'which version was in production then (ISO 8601)', parseMoment)
    .addHelpText(
      'after',
      helpExamples('deploy history --verify', 'deploy history --at 2026-01-31T09:00:00Z'),
    )
    .action(
      run<HistoryOptions>((context, options) =>
        withRegistry(context, (workspace) => showHistory({ context, options, workspace })),
      ),
    );
}

interface Request<Options> {
  readonly context: CommandContext;
  readonly options: Options;
  readonly workspace: Workspace;
}

function planOptions(command: Command): Command {
  return command
    .option(...modelOption)
    .option('--version <number>', 'the version to promote')
    .option('--reason <text>', 'why, for the ledger')
    .option('--dry-run', 'print the plan, change nothing');
}

function modelName({ config }: Workspace, options: ModelOptions): string {
  return options.model ?? config.mlflow.model_name;
}

async function promoteTo(
  to: 'Staging' | 'GNU_Production',
  request: Request<ProductionOptions>,
): Promise<CommandResult> {
  const { options, workspace } = request;
  if (options.skipStaging && options.version === undefined) {
    throw new InvalidArgumentError(
      'Name the version that --skip-staging lets into production: --version <number>',
    );
  }
  const promotion = {
    registry: workspace.registry,
    name: modelName(workspace, options),
    to,
    ...(options.version === undefined ? {} : { version: options.version }),
    ...(options.skipStaging ? { skipStaging: 'by-name' as const } : {}),
  };
  // Which thresholds apply depends on what the version learned, which its own metrics tell.
  const candidate = await draftPromotion({ ...promotion, gates: [] });
  const task = taskOfMetrics(candidate.metrics);
  const gates = stageGates(workspace.config, { stage: to, task });
  const plan = await draftPromotion({ ...promotion, version: candidate.version, gates });
  return carryOut(plan, request);
}

async function carryOut(
  plan: DeploymentPlan,
  { context, options, workspace }: Request<PlanOptions>,
): Promise<CommandResult> {
  const isRefused = plan.status === 'refused';
  const entry =
    isRefused || options.dryRun
      ? null
      : await applyPlan(plan, workspace.registry, {
          actor: context.terminal.userId,
          now: context.terminal.now,
          ...(options.reason === undefined ? {} : { reason: options.reason }),
        });
  return {
    json: { plan, entry },
    text: formatDeployment(plan, entry, context.style),
    exitCode: isRefused ? 4 : 0,
  };
}

async function showHistory({
  context,
  options,
  workspace,
}: Request<HistoryOptions>): Promise<CommandResult> {
  const name = modelName(workspace, options);
  if ((await workspace.registry.findRegisteredModel(name)) === undefined) {
    throw new RegisteredModelNotFoundError(name);
  }
  const ledger = await workspace.registry.readLedger(name);
  if (options.at !== undefined) {
    const version = versionInStageAt(ledger, 'GNU_Production', options.at) ?? null;
    return {
      json: { model: name, at: new Date(options.at).toISOString(), version },
      text: version === null ? 'none\n' : `${version}\n`,
    };
  }
  const history = deploymentHistory(ledger);
  return {
    json: { model: name, ...history },
    text: formatHistory(history, context.style),
    exitCode: options.verify && !history.verification.isValid ? 1 : 0,
  };
}

function parseMoment(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Give a time such as 2026-01-31T09:00:00Z.');
  return ms;
}
