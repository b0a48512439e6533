import type { Answer } from './send-request.ts';

/** Why a cloud's storage refused something, in its words. */
export interface StorageProblem {
  /** Such as `AccessDenied`; '' where it gave none. */
  readonly code: string;
  /** One line; '' where it gave none. */
  readonly message: string;
}

const LONGEST_MESSAGE = 300;

/**
 * Read why a cloud's storage refused a request: XML of Amazon's kind, or JSON as Azure and Google
 * write it. Nothing else of the answer is taken, as a page on the way may repeat a signed address.
 */
export function readStorageProblem({
  bytes,
  headers,
}: Pick<Answer, 'bytes' | 'headers'>): StorageProblem {
  const text = new TextDecoder().decode(bytes.subarray(0, 10_000));
  const { code, message } = fromJson(text) ?? fromXml(text);
  return {
    code: /^\w{1,80}$/.test(code) ? code : (headers.get('x-ms-error-code') ?? ''),
    message: message
      .split(/[\r\n]/)[0]!
      .trim()
      .slice(0, LONGEST_MESSAGE),
  };
}

function fromJson(text: string): StorageProblem | undefined {
  try {
    const { error } = JSON.parse(text) as {
      readonly error?: {
        readonly code?: unknown;
        readonly message?: unknown;
        readonly status?: unknown;
      };
    };
    const code = String(error?.status ?? error?.code ?? '');
    return { code, message: typeof error?.message === 'string' ? error.message : '' };
  } catch {
    return undefined;
  }
}

function fromXml(text: string): StorageProblem {
  const read = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1] ?? '';
  return { code: read('Code'), message: read('Message') };
}
