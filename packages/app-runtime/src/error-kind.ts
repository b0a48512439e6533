/** What an error means to whoever asked: one exit code and one HTTP status each. */
export type ErrorKind =
  | 'usage'
  | 'configuration'
  | 'data'
  | 'artifact'
  | 'gate_refused'
  | 'not_found'
  | 'conflict'
  | 'unavailable'
  | 'interrupted'
  | 'unexpected';

/** How a process ends, and how a server answers, for one kind of error. */
export interface ErrorOutcome {
  readonly kind: ErrorKind;
  readonly exitCode: number;
  readonly httpStatus: number;
}

const outcomes: Readonly<Record<ErrorKind, Omit<ErrorOutcome, 'kind'>>> = {
  usage: { exitCode: 2, httpStatus: 400 },
  configuration: { exitCode: 2, httpStatus: 500 },
  data: { exitCode: 3, httpStatus: 400 },
  // A model file is the server's own: whoever asks for a prediction cannot mend it.
  artifact: { exitCode: 3, httpStatus: 500 },
  gate_refused: { exitCode: 4, httpStatus: 409 },
  not_found: { exitCode: 5, httpStatus: 404 },
  conflict: { exitCode: 6, httpStatus: 409 },
  unavailable: { exitCode: 6, httpStatus: 503 },
  interrupted: { exitCode: 130, httpStatus: 503 },
  unexpected: { exitCode: 1, httpStatus: 500 },
};

/** What every exit code means, for help texts and documents. */
export const EXIT_CODES: ReadonlyMap<number, string> = new Map([
  [0, 'done'],
  [1, 'unexpected failure'],
  [2, 'wrong usage or configuration'],
  [3, 'input data or a model file is missing or bad'],
  [4, 'a gate or a rule of the stages refused'],
  [5, 'not found in the registry'],
  [6, 'registry or network out of reach, or somebody else was faster'],
  [130, 'interrupted'],
]);

/** The outcome of a kind. */
export function outcomeOfKind(kind: ErrorKind): ErrorOutcome {
  return { kind, ...outcomes[kind] };
}
