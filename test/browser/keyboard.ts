import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Presses Tab until the element with this name has the focus, which must be visible. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const text = await focused.evaluate((element) => {
      const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLElement> | null) ?? [])] : [];
      return [...labels, element].map(({ textContent }) => textContent?.trim() ?? '').join(' ');
    });
    seen.push(text);
    if (text.includes(name)) {
      const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle);
      expect(outline, `the outline of "${name}"`).not.toBe('none');
      return;
    }
  }
  throw new Error(`Tab never came to "${name}", only to: ${seen.join(', ')}`);
}
