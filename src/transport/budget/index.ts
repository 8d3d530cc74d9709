export type { Permit, Priority, Refusal } from './queue.js';
export { budgetFor } from './rate-budget.js';
export { readRateReport } from './report.js';
export type { RateBudgetChange, RateBudgetStore } from './store.js';
