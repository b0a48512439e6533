/** What the double answers instead of doing what it was asked for. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** 404 in MLflow's words. */
export function missing(what: string): Refusal {
  return new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', `${what} does not exist.`);
}

/** 400 in MLflow's words. */
export function invalid(message: string): Refusal {
  return new Refusal(400, 'INVALID_PARAMETER_VALUE', message);
}
