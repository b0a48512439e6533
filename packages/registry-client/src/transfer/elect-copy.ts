import { wait } from '../http/retry-delay.ts';
import type { Tags } from '../entities.ts';
import { COPIED_DIGEST_TAG, COPIED_REGISTRY_TAG } from './copy-tags.ts';

/** Something that may be the copy of something. */
export interface CopyCandidate {
  readonly tags: Tags;
}

/** The copies of one thing at the target: runs in an experiment, or logged models. */
export interface CopyCandidates<Copy extends CopyCandidate> {
  idOf(copy: Copy): string;
  /** All that are there. Who was made before the search began is in it. */
  search(): Promise<readonly Copy[]>;
  /** Makes one with the tag that says what it is a copy of, and without the one that settles it. */
  create(): Promise<Copy>;
  /** Writes the tag that says from which registry it is copied: from then on it is the copy. */
  settle(copy: Copy): Promise<Copy>;
  remove(copy: Copy): Promise<void>;
}

/** What everyone goes on with. */
export interface ElectedCopy<Copy> {
  readonly copy: Copy;
  /** `new`: nothing is in it yet but what it is a copy of. */
  readonly place: 'new' | 'resumed';
}

/** So often is looked again before who made a candidate, and neither settles nor removes it, is dead. */
const MOST_LOOKS = 10;
const FIRST_DELAY_MS = 25;
const LONGEST_DELAY_MS = 500;

/**
 * Find the copy of something, or make it, so that of several who do so at the same time all go on with
 * the same one.
 *
 * Nobody can look and make in one step. So a candidate is made first, and settled only by who then
 * looks and finds it alone: of two who both made one, the later of the two looks sees the other's, as
 * each looks after it has made its own. Where candidates meet, all but that of the least id are
 * removed by their makers; that one waits until it is alone, or finds that another was settled.
 */
export async function electCopy<Copy extends CopyCandidate>(
  candidates: CopyCandidates<Copy>,
  signal?: AbortSignal,
): Promise<ElectedCopy<Copy>> {
  const { idOf, search, create, settle, remove } = candidates;
  let own: Copy | undefined;
  for (let looks = 1; ; looks++) {
    const found = byPreference(await search(), idOf);
    const settled = found.find(isSettled);
    if (settled !== undefined) {
      if (own !== undefined && idOf(settled) !== idOf(own)) await remove(own);
      return { copy: settled, place: 'resumed' };
    }
    const ownId = own === undefined ? undefined : idOf(own);
    const others = found.filter((copy) => idOf(copy) !== ownId);
    if (own === undefined && others.length === 0) {
      own = await create();
      // Looked for again at once: somebody may have done the same.
      continue;
    }
    if (own !== undefined && others.length === 0) {
      return { copy: await settle(own), place: 'new' };
    }
    if (own !== undefined && others.some((copy) => idOf(copy) < ownId!)) {
      await remove(own);
      own = undefined;
    }
    if (looks >= MOST_LOOKS) return { copy: await settle(found[0]!), place: 'resumed' };
    await wait(Math.min(FIRST_DELAY_MS * 2 ** looks, LONGEST_DELAY_MS), signal);
  }
}

/** Complete ones first, then those that were settled, then those of the least ids. */
export function byPreference<Copy extends CopyCandidate>(
  copies: readonly Copy[],
  idOf: (copy: Copy) => string,
): Copy[] {
  const rank = (copy: Copy) => Number(isComplete(copy)) * 2 + Number(isSettled(copy));
  return [...copies].sort((a, b) => rank(b) - rank(a) || (idOf(a) < idOf(b) ? -1 : 1));
}

/** Whether everyone who copies the same thing goes on with this copy. */
export function isSettled({ tags }: CopyCandidate): boolean {
  return tags[COPIED_REGISTRY_TAG] !== undefined;
}

function isComplete({ tags }: CopyCandidate): boolean {
  return tags[COPIED_DIGEST_TAG] !== undefined;
}
