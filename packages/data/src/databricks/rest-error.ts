import {
  DatabricksForbiddenError,
  DatabricksNotFoundError,
  DatabricksRequestError,
  DatabricksUnavailableError,
} from './databricks-errors.ts';

/** What the REST API answers when it does not do what it was asked for. */
interface Refusal {
  readonly error_code?: string;
  readonly message?: string;
  /** OAuth has words of its own. */
  readonly error?: string;
  readonly error_description?: string;
}

const longestMessage = 500;

/** Make a refusal of the REST API a coded error. */
export async function restError(answer: Response, subject: string): Promise<Error> {
  const { error_code, error, message, error_description } = await readRefusal(answer);
  const { status } = answer;
  const reason = error_code ?? error ?? `HTTP ${status}`;
  const text = (message ?? error_description ?? `HTTP ${status}`).slice(0, longestMessage);
  const words = text.replace(/[\s.]+$/, '');
  if (status === 401 || status === 403 || reason === 'invalid_client') {
    return new DatabricksForbiddenError(subject, words);
  }
  if (status === 404) return new DatabricksNotFoundError(subject, words);
  if (status === 429 || status >= 500) return new DatabricksUnavailableError(subject, words);
  return new DatabricksRequestError(subject, { reason, message: words });
}

async function readRefusal(answer: Response): Promise<Refusal> {
  try {
    const refusal: unknown = JSON.parse(await answer.text());
    return typeof refusal === 'object' && refusal !== null ? refusal : {};
  } catch {
    return {};
  }
}
