import type { CellValue, Random } from '@gnu-mlops/core';
import { drawBetween, drawChoice, drawCount, drawEvent, logistic, rounded } from './draw.ts';
import type { SampleKind } from './sample-kind.ts';

/**
 * Customers of a telephone company; the target `churn` says who left (Yes, about 27 %, or No).
 *
 * Who leaves is drawn from log odds that rise with monthly contracts, fiber lines, electronic checks,
 * support calls and prices, and fall with months of tenure, technical support and family; monthly
 * contracts and support calls together count more than each alone. `customer_id` and `gender` say
 * nothing. Total charges are about tenure times monthly charges, and missing in the first month;
 * payment methods and support calls are missing now and then, by chance.
 */
export const churnSample: SampleKind = {
  target: 'churn',
  columns: [
    { name: 'customer_id', type: 'string' },
    { name: 'gender', type: 'string' },
    { name: 'senior_citizen', type: 'boolean' },
    { name: 'partner', type: 'string' },
    { name: 'dependents', type: 'string' },
    { name: 'tenure_months', type: 'long' },
    { name: 'phone_service', type: 'string' },
    { name: 'internet_service', type: 'string' },
    { name: 'tech_support', type: 'string' },
    { name: 'contract', type: 'string' },
    { name: 'paperless_billing', type: 'string' },
    { name: 'payment_method', type: 'string' },
    { name: 'support_calls', type: 'long' },
    { name: 'monthly_charges', type: 'double' },
    { name: 'total_charges', type: 'double' },
    { name: 'churn', type: 'string' },
  ],
  drawRow: drawCustomer,
};

const contracts = ['Month-to-month', 'One year', 'Two year'];
const payments = ['Electronic check', 'Mailed check', 'Bank transfer', 'Credit card'];

function drawCustomer(random: Random, row: number): CellValue[] {
  const isSenior = drawEvent(random, 0.16);
  const hasPartner = drawEvent(random, 0.48);
  const hasDependents = drawEvent(random, hasPartner ? 0.5 : 0.1);
  const tenure = drawTenure(random);
  const internet = drawChoice(random, ['Fiber optic', 'DSL', 'No'], [0.44, 0.34, 0.22]);
  const hasPhone = internet !== 'DSL' || drawEvent(random, 0.7);
  const hasSupport = internet !== 'No' && drawEvent(random, internet === 'DSL' ? 0.5 : 0.3);
  const contract = drawChoice(random, contracts, contractWeights(tenure));
  const isPaperless = drawEvent(random, internet === 'No' ? 0.3 : 0.68);
  const payment = drawChoice(random, payments, [0.34, 0.23, 0.22, 0.21]);
  const supportCalls = drawCount(random, 9, internet === 'Fiber optic' ? 0.2 : 0.12);
  const monthly = rounded(
    18 +
      (hasPhone ? 5 : 0) +
      ({ 'Fiber optic': 48, DSL: 25, No: 0 }[internet] ?? 0) +
      (hasSupport ? 6 : 0) +
      drawBetween(random, 0, internet === 'No' ? 6 : 28),
    2,
  );
  const total = rounded(tenure * monthly * (1 + 0.03 * random.nextNormal()), 2);

  const isMonthly = contract === 'Month-to-month';
  const logOdds =
    -3.6 +
    (isMonthly ? 2.6 : contract === 'One year' ? 0.5 : -1.2) +
    (internet === 'Fiber optic' ? 1.5 : internet === 'No' ? -1.4 : 0) +
    (payment === 'Electronic check' ? 1 : 0) +
    (hasSupport ? -1 : 0) +
    (isSenior ? 0.6 : 0) +
    (hasPartner ? -0.3 : 0) +
    (hasDependents ? -0.5 : 0) +
    (isPaperless ? 0.4 : 0) +
    0.55 * supportCalls * (isMonthly ? 1.6 : 0.6) +
    0.012 * (monthly - 65) -
    0.055 * tenure;
  const churn = drawEvent(random, logistic(logOdds)) ? 'Yes' : 'No';

  return [
    `C${String(row + 1).padStart(7, '0')}`,
    drawEvent(random, 0.5) ? 'Female' : 'Male',
    isSenior,
    yesNo(hasPartner),
    yesNo(hasDependents),
    tenure,
    yesNo(hasPhone),
    internet,
    internet === 'No' ? 'No internet service' : yesNo(hasSupport),
    contract,
    yesNo(isPaperless),
    drawEvent(random, 0.015) ? null : payment,
    drawEvent(random, 0.02) ? null : supportCalls,
    monthly,
    tenure === 0 || drawEvent(random, 0.005) ? null : total,
    churn,
  ];
}

/** Months with the company, 0 to 72: many are new, and many are there from the beginning. */
function drawTenure(random: Random): number {
  const group = random.nextFloat();
  if (group < 0.4) return Math.floor(drawBetween(random, 0, 13));
  if (group < 0.8) return Math.floor(drawBetween(random, 13, 61));
  return Math.floor(drawBetween(random, 61, 73));
}

/** Those who have been there long have bound themselves for long. */
function contractWeights(tenure: number): readonly number[] {
  if (tenure <= 12) return [0.86, 0.1, 0.04];
  if (tenure <= 60) return [0.52, 0.28, 0.2];
  return [0.2, 0.28, 0.52];
}

function yesNo(isSo: boolean): string {
  return isSo ? 'Yes' : 'No';
}
