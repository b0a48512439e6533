import { type HeldStage, LIMITS } from '@gnu-mlops/registry-client';
import { formatFigure } from './format-figure.ts';
import type { GateVerdict } from './gate-verdict.ts';
import { headlineMetrics } from './headline-metrics.ts';
import type { VersionEvidence } from './version-evidence.ts';

/** What the description of a promoted version tells. */
interface DescribedPromotion {
  readonly to: HeldStage;
  readonly verdicts: readonly GateVerdict[];
  readonly evidence: VersionEvidence;
}

/** The line that parts a person's own words from ours below it. */
const heading = 'Promotion record:';

/**
 * The description of a promoted version: the words it had before, then a record of the algorithm,
 * the data, the metrics and the gates. A record of an earlier promotion is replaced.
 */
export function formatDescription(previous: string, promotion: DescribedPromotion): string {
  const { to, verdicts, evidence } = promotion;
  const record = [
    heading,
    `Algorithm: ${evidence.algorithm ?? 'not recorded'}`,
    `Training data: ${evidence.dataDigest === undefined ? 'not recorded' : `digest ${evidence.dataDigest}`}`,
    `Metrics: ${formatMetrics(evidence, verdicts)}`,
    ...(verdicts.length === 0
      ? [`Gates for ${to}: none`]
      : [`Gates for ${to}:`, ...verdicts.map(formatVerdict)]),
  ].join('\n');
  const words = wordsOf(previous);
  return shorten(words === '' ? record : `${words}\n\n${record}`);
}

function shorten(text: string): string {
  const maxLength = LIMITS.descriptionLength;
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 3).toWellFormed()}...`;
}

function wordsOf(description: string): string {
  const lines = description.split('\n');
  const start = lines.indexOf(heading);
  return (start < 0 ? lines : lines.slice(0, start)).join('\n').trimEnd();
}

function formatMetrics(evidence: VersionEvidence, verdicts: readonly GateVerdict[]): string {
  const figures = headlineMetrics(evidence.metrics, verdicts);
  if (figures.length === 0) return 'not recorded';
  return figures.map(([name, value]) => `${name} ${formatFigure(value)}`).join(', ');
}

function formatVerdict({ gate, message, verdict }: GateVerdict): string {
  return `- ${gate}: ${verdict.replaceAll('_', ' ')} (${message})`;
}
