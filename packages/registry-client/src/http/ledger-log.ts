import type { LedgerEntry, Tags } from '../entities.ts';
import { RemoteAnswerError } from '../remote-errors.ts';
import { LIMITS } from '../limits.ts';
import { type Remote, put } from './remote.ts';
import { getRun } from './runs.ts';
import { formatTags } from './wire-values.ts';
import { writeOnce } from './write-once.ts';

/** What a move wrote besides its entry. */
export interface LoggedMove {
  readonly entry: LedgerEntry;
  readonly tags: Tags;
  readonly description?: string;
  /** Whether aliases, tags and stages followed it; false while they do, or when a mover died. */
  readonly isSettled: boolean;
}

/** The value limit of the oldest servers. */
const CHUNK_LENGTH = 500;

/** Every move in the parameters of a ledger's run, oldest first; the first is at position 1. */
export async function readMoves(remote: Remote, runId: string): Promise<LoggedMove[]> {
  const { params } = await getRun(remote, runId);
  const moves: LoggedMove[] = [];
  for (let position = 1; ; position++) {
    const claim = params[`move/${position}`];
    if (claim === undefined) return moves;
    const [draft = '', count = ''] = claim.split(' ');
    const chunks = Array.from({ length: Number(count) }, (_, i) => params[`draft/${draft}/${i}`]);
    try {
      const move = JSON.parse(chunks.join('')) as Omit<LoggedMove, 'isSettled'>;
      moves.push({ ...move, isSettled: params[`settled/${position}`] !== undefined });
    } catch (cause) {
      throw new RemoteAnswerError(
        remote.client.server,
        `entry ${position} of the ledger in run ${runId} is not whole.`,
        { cause },
      );
    }
  }
}

/**
 * Append a move, unless somebody else has appended one at that position: then nothing is.
 *
 * What it says is written first, and then, in one step, that it is the entry at its position.
 */
export async function appendMove(
  remote: Remote,
  runId: string,
  { position, ...move }: Omit<LoggedMove, 'isSettled'> & { readonly position: number },
): Promise<'written' | 'taken'> {
  const draft = globalThis.crypto.randomUUID();
  const chunks = splitText(JSON.stringify(move));
  const params = chunks.map((chunk, i) => [`draft/${draft}/${i}`, chunk] as const);
  for (let i = 0; i < params.length; i += LIMITS.paramsPerBatch) {
    await put(remote, 'runs/log-batch', {
      run_id: runId,
      params: formatTags(Object.fromEntries(params.slice(i, i + LIMITS.paramsPerBatch))),
    });
  }
  return writeOnce(remote, runId, {
    key: `move/${position}`,
    value: `${draft} ${chunks.length}`,
  });
}

/** Note that everything followed a move. */
export async function markSettled(remote: Remote, runId: string, position: number): Promise<void> {
  await writeOnce(remote, runId, { key: `settled/${position}`, value: 'yes' });
}

/** ASCII only, so that no database counts or stores it otherwise; no spaces at the ends of chunks. */
function splitText(json: string): string[] {
  const ascii = json.replace(
    /[^!-~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return ascii.match(new RegExp(`.{1,${CHUNK_LENGTH}}`, 'g')) ?? [];
}
