import { createRandom } from '@gnu-mlops/core';

/** 60 groups of 1 to 20 rows, each with a share of class 1 of its own; about a third in all. */
export function clinics(): { groups: Int32Array; labels: Int32Array } {
  const random = createRandom(17);
  const groups: number[] = [];
  const labels: number[] = [];
  for (let group = 0; group < 60; group++) {
    const share = random.nextFloat() ** 2;
    for (let row = random.nextInt(20); row >= 0; row--) {
      groups.push(group);
      labels.push(Number(random.nextFloat() < share));
    }
  }
  return { groups: Int32Array.from(groups), labels: Int32Array.from(labels) };
}
