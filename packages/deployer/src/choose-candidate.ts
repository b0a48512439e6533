import type { HeldStage, ModelVersion } from '@gnu-mlops/registry-client';
import { NoCandidateError } from './errors.ts';

/**
 * The version that a promotion means when none is named.
 *
 * For GNU_Production it is the version in Staging. For Staging it is the newest version in None; one
 * that is older than the version in Staging or in production is not waiting, it was passed over.
 * When nothing newer waits, it is the version that holds the stage already, so that the same
 * promotion asked for twice has nothing to do the second time.
 *
 * @param versions every version of the model.
 * @throws {NoCandidateError} when there is none.
 */
export function chooseCandidate(
  versions: readonly ModelVersion[],
  name: string,
  to: HeldStage,
): ModelVersion {
  const staged = versions.find(({ stage }) => stage === 'Staging');
  const inProduction = versions.find(({ stage }) => stage === 'GNU_Production');
  if (to === 'GNU_Production') {
    const candidate = staged ?? inProduction;
    if (candidate !== undefined) return candidate;
    throw new NoCandidateError(name, 'no version is in Staging. Promote one to Staging first.');
  }
  const passed = Math.max(0, numberOf(staged), numberOf(inProduction));
  const waiting = versions.filter(
    (version) => version.stage === 'None' && numberOf(version) > passed,
  );
  const candidate = waiting.toSorted((a, b) => numberOf(b) - numberOf(a))[0] ?? staged;
  if (candidate !== undefined) return candidate;
  throw new NoCandidateError(name, whyNoneWaits(versions, inProduction));
}

function whyNoneWaits(
  versions: readonly ModelVersion[],
  inProduction: ModelVersion | undefined,
): string {
  if (versions.length === 0) return 'it has no versions. Train one first.';
  const newer = inProduction === undefined ? '' : ` newer than version ${inProduction.version}`;
  return `no version${newer} is waiting in None. Train a new one, or name the version to promote.`;
}

function numberOf(version: ModelVersion | undefined): number {
  return version === undefined ? 0 : Number(version.version);
}
