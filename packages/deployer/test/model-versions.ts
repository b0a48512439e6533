import type { Stage } from '@gnu-mlops/core';
import type { ModelVersion } from '@gnu-mlops/registry-client';

/** A version of `churn` as a registry would tell of it. */
export function versionOf(version: string, stage: Stage, description = ''): ModelVersion {
  return {
    name: 'churn',
    version,
    stage,
    mlflowStage: 'None',
    description,
    source: 'runs:/0123456789abcdef0123456789abcdef/model',
    userId: '',
    status: 'READY',
    statusMessage: '',
    creationTime: 0,
    lastUpdatedTime: 0,
    tags: {},
    aliases: [],
  };
}
