import { ExpressionsUnavailableError } from '../errors.ts';
import type { FormulaParser } from './parse-expression.ts';

/**
 * mathjs's parser.
 *
 * @throws {ExpressionsUnavailableError} when mathjs, an optional peer, is not installed.
 */
export async function loadFormulaParser(): Promise<FormulaParser> {
  try {
    const { parse } = (await import('mathjs/number')) as unknown as { parse: FormulaParser };
    return parse;
  } catch (cause) {
    throw new ExpressionsUnavailableError({ cause });
  }
}
