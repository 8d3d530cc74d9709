export type { Permit, Priority, Refusal } from './queue.js';
export { budgetFor } from './rate-budget.js';
export type { RateBudgetChange, RateBudgetStore } from './store.js';
export type { RateReport } from './window.js';
