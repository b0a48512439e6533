import { describe, expect, it } from 'vitest';
import { type PromotionFacts, evaluateGates, planPromotion } from '../src/index.ts';
import { productionGates } from './deployment-world.ts';
import { versionOf } from './model-versions.ts';

function facts(changes: Partial<PromotionFacts> & { accuracy?: number } = {}): PromotionFacts {
  const { accuracy = 0.85, ...rest } = changes;
  const metrics = { accuracy, fold_spread: NaN };
  return {
    version: versionOf('2', 'Staging'),
    to: 'GNU_Production',
    holder: versionOf('1', 'GNU_Production'),
    verdicts: evaluateGates(productionGates, metrics),
    evidence: { metrics, runId: 'run-2', algorithm: 'random_forest', dataDigest: '00ff' },
    ...rest,
  };
}

describe('planPromotion', () => {
  it('plans the move of the staged version and the archiving of the holder', () => {
    expect(planPromotion(facts())).toEqual({
      action: 'promote',
      modelName: 'churn',
      version: '2',
      fromStage: 'Staging',
      toStage: 'GNU_Production',
      holder: '1',
      status: 'ready',
      refusals: [],
      summary: 'version 2 of "churn": Staging -> GNU_Production; version 1 is archived',
      verdicts: facts().verdicts,
      metrics: { accuracy: 0.85 },
      runId: 'run-2',
      algorithm: 'random_forest',
      dataDigest: '00ff',
      skipStaging: null,
      dataSource: null,
      syntheticData: null,
      tags: { 'gnu_mlops.metric.accuracy': '0.85' },
      description: [
        'Promotion record:',
        'Algorithm: random_forest',
        'Training data: digest 00ff',
        'Metrics: accuracy 0.85',
        'Gates for GNU_Production:',
        '- accuracy: pass (accuracy is 0.85; at least 0.8 is needed)',
      ].join('\n'),
    });
  });

  describe('of a version that was trained on made-up rows', () => {
    const evidence = { metrics: { accuracy: 0.85 }, dataSource: 'sample' };

    it('is refused for production, saying so', () => {
      const plan = planPromotion(facts({ evidence }));
      expect(plan).toMatchObject({
        status: 'refused',
        dataSource: 'sample',
        refusals: [{ rule: 'synthetic_data' }],
      });
      expect(plan.refusals[0]!.message).toMatch(/Version 2 of "churn".*made-up rows/);
    });

    it('is refused where only some of the rows were made up', () => {
      const mixed = { ...evidence, dataSource: 'local,sample' };
      expect(planPromotion(facts({ evidence: mixed })).refusals).toMatchObject([
        { rule: 'synthetic_data' },
      ]);
    });

    it('is ready for Staging', () => {
      const version = versionOf('2', 'None');
      expect(planPromotion(facts({ evidence, version, to: 'Staging' })).status).toBe('ready');
    });

    it('is ready for production when it is asked for by name, which the plan says', () => {
      expect(planPromotion(facts({ evidence, syntheticData: 'by-name' }))).toMatchObject({
        status: 'ready',
        syntheticData: 'by-name',
      });
    });

    it('is refused for its gates too, whatever is asked for by name', () => {
      const plan = planPromotion(facts({ evidence, syntheticData: 'by-name', accuracy: 0.5 }));
      expect(plan.refusals.map(({ rule }) => rule)).toEqual(['gate']);
    });
  });

  it('is JSON: printed and parsed it is the same plan', () => {
    const plan = planPromotion(facts({ accuracy: NaN, holder: undefined }));
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('changes none of its facts', () => {
    const given = facts();
    const before = structuredClone(given);
    planPromotion(given);
    expect(given).toEqual(before);
  });

  it('is refused by a failed gate, with the figures', () => {
    const plan = planPromotion(facts({ accuracy: 0.75 }));
    expect(plan.status).toBe('refused');
    expect(plan.refusals).toEqual([
      {
        rule: 'gate',
        message:
          'Gate "accuracy" for GNU_Production is not met: accuracy is 0.75; at least 0.8 is needed.',
      },
    ]);
    expect(plan.summary).toBe('refused: version 2 of "churn" stays in Staging');
  });

  it('is refused by a gate without evidence', () => {
    const plan = planPromotion(facts({ accuracy: NaN }));
    expect(plan.refusals).toMatchObject([{ rule: 'gate' }]);
  });

  it.each(['None', 'Archived'] as const)(
    'is refused for production from %s, unless asked for by name',
    (stage) => {
      const version = versionOf('2', stage);
      const plan = planPromotion(facts({ version }));
      expect(plan.refusals).toMatchObject([{ rule: 'not_staged' }]);
      expect(plan.refusals[0]!.message).toContain(`is in ${stage}`);
      expect(planPromotion(facts({ version, skipStaging: 'by-name' }))).toMatchObject({
        status: 'ready',
        skipStaging: 'by-name',
      });
    },
  );

  it('still asks the gates of a version that skips Staging', () => {
    const plan = planPromotion(
      facts({ version: versionOf('2', 'None'), skipStaging: 'by-name', accuracy: 0.5 }),
    );
    expect(plan.refusals).toMatchObject([{ rule: 'gate' }]);
  });

  it('gives every reason there is to refuse', () => {
    const plan = planPromotion(facts({ version: versionOf('2', 'None'), accuracy: 0.5 }));
    expect(plan.refusals.map(({ rule }) => rule)).toEqual(['not_staged', 'gate']);
  });

  it('does not take the version in production to Staging', () => {
    const version = versionOf('1', 'GNU_Production');
    const plan = planPromotion(facts({ version, to: 'Staging', holder: undefined }));
    expect(plan.refusals).toMatchObject([{ rule: 'in_production' }]);
  });

  it('has nothing to do for a version that is there already, whatever its gates say', () => {
    const version = versionOf('1', 'GNU_Production');
    const plan = planPromotion(facts({ version, holder: version, accuracy: 0.1 }));
    expect(plan).toMatchObject({
      status: 'nothing_to_do',
      refusals: [],
      summary: 'nothing to do: version 1 of "churn" is in GNU_Production already',
    });
  });
});
