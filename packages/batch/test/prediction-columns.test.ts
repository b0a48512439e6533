import { describe, expect, it } from 'vitest';
import { namePredictionColumns } from '../src/prediction-columns.ts';

describe('namePredictionColumns', () => {
  it('has a probability for classification only', () => {
    expect(namePredictionColumns(['a'], 'classification')).toEqual({
      prediction: 'prediction',
      probability: 'probability',
      timestamp: 'prediction_timestamp',
    });
    expect(namePredictionColumns(['a'], 'regression')).toEqual({
      prediction: 'prediction',
      timestamp: 'prediction_timestamp',
    });
  });

  it('gives way to a column of the input, each name by itself', () => {
    const header = ['prediction', 'prediction_2', 'prediction_timestamp'];
    expect(namePredictionColumns(header, 'classification')).toEqual({
      prediction: 'prediction_3',
      probability: 'probability',
      timestamp: 'prediction_timestamp_2',
    });
  });
});
