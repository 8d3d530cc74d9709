export type { Permit, Priority, Refusal } from './queue.js';
export { type BudgetOf, budgetOver, processBudget } from './rate-budget.js';
export { readRateReport } from './report.js';
export type { RateBudgetChange, RateBudgetStore } from './store.js';
