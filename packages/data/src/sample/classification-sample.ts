import type { CellValue, Random } from '@gnu-mlops/core';
import { drawChoice, drawEvent, rounded } from './draw.ts';
import type { SampleKind } from './sample-kind.ts';

const classes = ['healthy', 'worn', 'faulty'] as const;

/** Where each class lies on average: temperature, vibration, pressure, current. */
const centres = {
  healthy: [62, 2.1, 5.2, 11.5],
  worn: [68, 3.2, 5, 12.6],
  faulty: [74, 3.6, 4.3, 14.4],
} as const;
const spreads = [4.5, 0.7, 0.45, 1.2];
const decimals = [1, 2, 2, 2];

/**
 * Readings of machines; the target `state` is one of three classes: healthy (50 %), worn (30 %) and
 * faulty (20 %).
 *
 * Four readings scatter normally around a centre of their class, so that the classes overlap.
 * `coolant` is old more often in machines that are not healthy, and makes them some degrees hotter
 * when it is; `site` and `humidity` say nothing. 2 % of the pressures are missing, by chance.
 */
export const classificationSample: SampleKind = {
  target: 'state',
  columns: [
    { name: 'site', type: 'string' },
    { name: 'coolant', type: 'string' },
    { name: 'temperature', type: 'double' },
    { name: 'vibration', type: 'double' },
    { name: 'pressure', type: 'double' },
    { name: 'current', type: 'double' },
    { name: 'humidity', type: 'double' },
    { name: 'state', type: 'string' },
  ],
  drawRow: drawMachine,
};

function drawMachine(random: Random): CellValue[] {
  const state = drawChoice(random, classes, [0.5, 0.3, 0.2]);
  const hasOldCoolant = drawEvent(random, state === 'healthy' ? 0.2 : 0.6);
  const readings = centres[state].map((centre, i) => centre + spreads[i]! * random.nextNormal());
  if (hasOldCoolant) readings[0]! += 3;
  const [temperature, vibration, pressure, current] = readings.map((value, i) =>
    rounded(value, decimals[i]!),
  );
  return [
    drawChoice(random, ['north', 'south', 'east', 'west'], [0.25, 0.25, 0.25, 0.25]),
    hasOldCoolant ? 'old' : 'fresh',
    temperature!,
    vibration!,
    drawEvent(random, 0.02) ? null : pressure!,
    current!,
    rounded(45 + 8 * random.nextNormal(), 1),
    state,
  ];
}
