import { serverWords } from '../server-words.ts';
import {
  DatabricksForbiddenError,
  DatabricksNotFoundError,
  DatabricksRequestError,
  DatabricksUnavailableError,
} from './databricks-errors.ts';

/** What the REST API answers when it does not do what it was asked for. */
interface Refusal {
  readonly error_code?: unknown;
  readonly message?: unknown;
  /** OAuth has words of its own. */
  readonly error?: unknown;
  readonly error_description?: unknown;
}

/** Make a refusal of the REST API a coded error. */
export async function restError(answer: Response, subject: string): Promise<Error> {
  const { error_code, error, message, error_description } = await readRefusal(answer);
  const { status } = answer;
  const reason = textOf(error_code) || textOf(error) || `HTTP ${status}`;
  const given = textOf(message) || textOf(error_description);
  const words = given || `HTTP ${status}`;
  if (status === 401 || status === 403 || reason === 'invalid_client') {
    return new DatabricksForbiddenError(subject, words);
  }
  if (status === 404) return new DatabricksNotFoundError(subject, words);
  if (status === 429 || status >= 500) return new DatabricksUnavailableError(subject, words);
  return new DatabricksRequestError(subject, { reason, message: given || 'no reason given' });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? serverWords(value) : '';
}

async function readRefusal(answer: Response): Promise<Refusal> {
  try {
    const refusal: unknown = JSON.parse(await answer.text());
    return typeof refusal === 'object' && refusal !== null ? refusal : {};
  } catch {
    return {};
  }
}
