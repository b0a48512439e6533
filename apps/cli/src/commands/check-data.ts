import { type FileWords, checkSettings } from '@gnu-mlops/app-runtime';
import {
  type DataCheck,
  inferDataChecks,
  parseDataChecks,
  profileTable,
  runDataChecks,
} from '@gnu-mlops/preprocess';
import { parseCheckExpressions } from '@gnu-mlops/preprocess/expressions';
import type { Command } from 'commander';
import { Document, parse, visit } from 'yaml';
import { readFile } from 'node:fs/promises';
import type { CommandContext, RunCommand } from '../command-context.ts';
import { decodeText } from '../decode-text.ts';
import { ChecksMissingError, ChecksUnreadableError } from '../errors.ts';
import { pathToRead, writeNewFile } from '../files.ts';
import { helpExamples } from '../help-examples.ts';
import { loadSettings } from '../load-settings.ts';
import { readGivenTable } from '../read-given-table.ts';
import { type ReadingOptions, addReadingOptions, readingWords } from '../reading-options.ts';
import { formatDataChecks } from '../render/data-checks.ts';
import { writeDataReport } from '../write-data-report.ts';

interface CheckOptions extends ReadingOptions {
  readonly checks?: string;
  readonly target?: string;
  readonly html?: string;
  readonly force?: true;
}

interface InferOptions extends ReadingOptions {
  readonly output?: string;
  readonly force?: true;
}

/** Bad data, as the exit codes have it. */
const BAD_DATA = 3;

/** `data check|infer-checks` */
export function defineCheckData(data: Command, run: RunCommand): void {
  const check = data
    .command('check <file>')
    .description('hold a table against checks; exit code 3 when one with severity fail is broken')
    .option(
      '--checks <file>',
      'YAML or JSON with the checks (default: data.checks, the table being read as data says)',
    )
    .option('--target <column>', 'show in the report what each column says about it')
    .option('--html <file>', 'write a report as one page, with charts')
    .option('--force', 'replace the report when it is there');
  addReadingOptions(check)
    .addHelpText(
      'after',
      helpExamples(
        'data check data/new.csv --checks checks.yaml',
        'data check data/new.csv --html report.html --target churned',
      ),
    )
    .action(
      run<CheckOptions>(async (context, options, [file]) => {
        const { checks, reading } = await findChecks(context, options.checks);
        const wanted = { ...reading, ...readingWords(options) };
        const given = await readGivenTable(context, file as string, wanted);
        const { table, skippedRowCount } = given;
        const report = runDataChecks(table, checks);
        const { html, target, force } = options;
        if (html !== undefined) {
          const profile = profileTable(table);
          const page = { html, target, force, profile, checks: report };
          await writeDataReport(context, { file: file as string, table, ...page });
        }
        return {
          json: { ...report, skippedRowCount },
          text: formatDataChecks(report, context.style),
          exitCode: report.status === 'fail' ? BAD_DATA : 0,
        };
      }),
    );

  const inferChecks = data
    .command('infer-checks <file>')
    .description('propose checks by what a table holds, as YAML to edit and keep')
    .option('-o, --output <file>', 'write them there instead of printing them')
    .option('--force', 'replace the file when it is there');
  addReadingOptions(inferChecks)
    .addHelpText('after', helpExamples('data infer-checks data/churn.csv -o checks.yaml'))
    .action(
      run<InferOptions>(async (context, options, [file]) => {
        const { output, force } = options;
        const given = await readGivenTable(context, file as string, readingWords(options));
        const { table, skippedRowCount } = given;
        const checks = inferDataChecks(profileTable(table));
        const yaml = formatChecksFile(checks, file as string);
        if (output === undefined) return { json: { checks, skippedRowCount }, text: yaml };
        await writeNewFile(context.terminal.cwd, { path: output, content: yaml, force });
        return {
          json: { file: output, checks, skippedRowCount },
          text: `Wrote ${checks.length} checks to ${output}. Edit them, then: gnu-mlops data check FILE --checks ${output}\n`,
        };
      }),
    );
}

/** One check a line: easy to read, to change and to compare. */
function formatChecksFile(checks: readonly DataCheck[], file: string): string {
  const lines = checks.map((check) => `  - ${formatOnLine(check)}\n`);
  return `# Proposed by what ${JSON.stringify(file)} holds. Also good as data.checks of the configuration.\nchecks:\n${lines.join('')}`;
}

/** In YAML's flow style; a text that holds a line ending would go over several lines otherwise. */
function formatOnLine(check: DataCheck): string {
  const document = new Document(check);
  visit(document, {
    Scalar(_, node) {
      const isOdd =
        typeof node.value === 'string' && /[\p{Cc}\u2028\u2029\ufeff]/u.test(node.value);
      if (isOdd) node.type = 'QUOTE_DOUBLE';
    },
  });
  const style = { collectionStyle: 'flow', lineWidth: 0 } as const;
  return document.toString({ ...style, doubleQuotedMinMultiLineLength: Infinity }).trim();
}

/** Checks, and how tables are read that they are meant for. */
interface FoundChecks {
  readonly checks: readonly DataCheck[];
  readonly reading: FileWords;
}

async function findChecks(context: CommandContext, path: string | undefined): Promise<FoundChecks> {
  if (path !== undefined) {
    return { checks: await readChecksFile(context, path), reading: {} };
  }
  const { config } = await loadSettings(context);
  const checks = checkSettings(config);
  if (checks === undefined) throw new ChecksMissingError();
  return { checks: await parseCheckExpressions(checks, 'data.checks'), reading: config.data };
}

interface ChecksFile {
  readonly checks?: unknown;
  readonly data?: { readonly checks?: unknown };
}

/** A list, or an object that holds it as `checks` or, as a configuration does, as `data.checks`. */
async function readChecksFile({ terminal }: CommandContext, path: string): Promise<DataCheck[]> {
  const bytes = await readFile(pathToRead(terminal.cwd, path)).catch((cause: unknown) => {
    throw new ChecksUnreadableError(path, { cause });
  });
  const root = parseYaml(bytes, path) as ChecksFile | null;
  const { value, place } = findList(root, path);
  return parseCheckExpressions(parseDataChecks(value, place), place);
}

function findList(root: ChecksFile | null, path: string) {
  const inData = root?.data?.checks;
  if (inData !== undefined) return { value: inData, place: `${path}: data.checks` };
  const own = root?.checks;
  return own === undefined
    ? { value: root, place: path }
    : { value: own, place: `${path}: checks` };
}

function parseYaml(bytes: Uint8Array, path: string): unknown {
  try {
    return parse(decodeText(bytes)) as unknown;
  } catch (cause) {
    throw new ChecksUnreadableError(path, { cause });
  }
}
