import type { CellValue, Random } from '@gnu-mlops/core';
import { drawBetween, drawChoice, drawCount, drawEvent, rounded } from './draw.ts';
import type { SampleKind } from './sample-kind.ts';

const speeds = { bike: 16, scooter: 26, car: 24 };
const slowdowns = { dry: 1, rain: 1.2, snow: 1.6 };

/**
 * Deliveries of meals; the target `delivery_minutes` is a number.
 *
 * The way takes distance over the vehicle's speed, longer in rain and snow, and for cars much longer
 * in the rush around 8 and 18 o'clock (interactions). Preparing grows with the root of the number of
 * items (nonlinear), experience shortens all of it by a falling amount, and normal noise with a spread
 * of 2.5 minutes is added. `order_value` follows from the items; `courier_age` says nothing. 2 % of
 * the experiences are missing, by chance.
 */
export const regressionSample: SampleKind = {
  target: 'delivery_minutes',
  columns: [
    { name: 'distance_km', type: 'double' },
    { name: 'hour', type: 'double' },
    { name: 'weather', type: 'string' },
    { name: 'vehicle', type: 'string' },
    { name: 'items', type: 'long' },
    { name: 'order_value', type: 'double' },
    { name: 'experience_years', type: 'double' },
    { name: 'courier_age', type: 'long' },
    { name: 'delivery_minutes', type: 'double' },
  ],
  drawRow: drawDelivery,
};

function drawDelivery(random: Random): CellValue[] {
  const distance = rounded(0.5 + 9.5 * random.nextFloat() * random.nextFloat(), 2);
  const hour = rounded(drawBetween(random, 7, 23), 1);
  const weather = drawChoice(random, ['dry', 'rain', 'snow'] as const, [0.65, 0.25, 0.1]);
  const vehicle = drawChoice(random, ['bike', 'scooter', 'car'] as const, [0.45, 0.3, 0.25]);
  const items = 1 + drawCount(random, 11, 0.22);
  const experience = rounded(drawBetween(random, 0, 12), 1);
  const hoursFromRush = Math.min(Math.abs(hour - 8), Math.abs(hour - 18));
  const rush = Math.max(0, 1 - hoursFromRush / 2) * (vehicle === 'car' ? 1.2 : 0.25);
  const way = (distance / speeds[vehicle]) * 60 * slowdowns[weather] * (1 + rush);
  const preparing = 6 + 5 * Math.sqrt(items);
  const routine = 1 - 0.2 / (1 + experience);
  const minutes = (way + preparing) / routine + 2.5 * random.nextNormal();
  return [
    distance,
    hour,
    weather,
    vehicle,
    items,
    rounded(items * drawBetween(random, 6, 16), 2),
    drawEvent(random, 0.02) ? null : experience,
    18 + random.nextInt(40),
    rounded(Math.max(5, minutes), 1),
  ];
}
