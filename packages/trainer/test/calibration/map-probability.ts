import { type IsotonicMap, type SigmoidMap, applyCalibration } from '@gnu-mlops/model';

/** What a map makes of one probability, as a model of two classes applies it. */
export function mapProbability(map: IsotonicMap | SigmoidMap, probability: number): number {
  const calibration =
    'slope' in map
      ? { method: 'sigmoid' as const, classCount: 2, maps: [map] }
      : { method: 'isotonic' as const, classCount: 2, maps: [map] };
  return applyCalibration(calibration, Float64Array.of(1 - probability, probability))[1]!;
}
