/** One request as a test's server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A `fetch` that gives the answers one after the other, the last one for ever, and notes requests. */
export function answerWith(...answers: readonly (Response | Error)[]): {
  readonly fetch: typeof globalThis.fetch;
  readonly seen: readonly SeenRequest[];
} {
  const seen: SeenRequest[] = [];
  return {
    seen,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      seen.push({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: await request.text(),
      });
      const answer = answers[Math.min(seen.length, answers.length) - 1]!;
      if (answer instanceof Error) throw answer;
      return answer.clone();
    },
  };
}

/** A refusal in MLflow's form. */
export function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error_code: code, message }, { status });
}
