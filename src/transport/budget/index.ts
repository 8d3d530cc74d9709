export { isCredible, RESET_MARGIN_MS, WINDOW_MS } from './credible.js';
export type { Priority } from './demand.js';
export type { BudgetSpent, Permit } from './queue.js';
export { budgetFor } from './rate-budget.js';
export type { RateBudgetChange, RateBudgetStore } from './store.js';
export type { RateReport } from './window.js';
