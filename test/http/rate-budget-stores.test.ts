import { createMemoryRateBudget, type RateBudgetStore } from 'clever-sdk';
import { rateBudgetStoreSpec } from '../support/rate-budget-store-spec.js';

rateBudgetStoreSpec('memory', (processes) => {
  const store = createMemoryRateBudget();
  return Array.from({ length: processes }, () => store);
});

/**
 * As different from memory as possible: text in a table that several processes reach over a network,
 * written only if no other process has written in the meantime, with its own clock.
 */
rateBudgetStoreSpec('a table of text, written optimistically', (processes) => {
  const table = new Map<string, { text: string; version: number; forgetAt: number }>();
  const now = (): number => Date.now() - 1_000_000_000_000;
  const wire = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3));
  const process = (): RateBudgetStore => ({
    async update(key, change) {
      for (;;) {
        await wire();
        const row = table.get(key);
        const isKept = row !== undefined && now() < row.forgetAt;
        const { state, keepMs, result } = change(isKept ? (JSON.parse(row.text) as object) : undefined, now());
        await wire();
        if (table.get(key)?.version === row?.version) {
          const version = (row?.version ?? 0) + 1;
          table.set(key, { text: JSON.stringify(state), version, forgetAt: now() + keepMs });
          return result;
        }
      }
    },
  });
  return Array.from({ length: processes }, process);
});
