import type { Page } from 'playwright-core';

/** What a person who cannot see the page would stumble over, one sentence each; a good page returns none. */
export function accessibilityProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
    const text = (element: Element | null | undefined): string => element?.textContent?.trim() ?? '';
    const nameOf = (element: HTMLElement): string => {
      const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLElement> | null) ?? [])] : [];
      const ids = element.getAttribute('aria-labelledby')?.split(/\s+/u) ?? [];
      const labelledBy = ids.map((id) => text(document.getElementById(id)));
      const alternatives = [...element.querySelectorAll('img')].map((image) => image.alt);
      const own = [element.getAttribute('aria-label') ?? '', ...labelledBy, ...labels.map(text), ...alternatives];
      return [...own, element.matches('a, button') ? text(element) : ''].join('').trim();
    };

    if (document.documentElement.lang === '') {
      problems.push('The page does not say its language.');
    }
    if (document.title.trim() === '') {
      problems.push('The page has no title.');
    }
    if (document.querySelector('meta[name=viewport][content*="width=device-width"]') === null) {
      problems.push('The page does not adapt to a phone.');
    }
    for (const [selector, what] of [
      ['h1', 'first-level heading'],
      ['main', 'main region'],
    ] as const) {
      if (all(selector).length !== 1) {
        problems.push(`The page has ${all(selector).length} elements for its ${what} instead of one.`);
      }
    }
    let level = 1;
    for (const heading of all('h1, h2, h3, h4, h5, h6')) {
      const own = Number(heading.tagName.slice(1));
      if (own > level + 1) {
        problems.push(`The heading "${text(heading)}" skips a level.`);
      }
      level = own;
    }
    for (const control of all('input:not([type=hidden]), select, textarea, button, a[href]')) {
      if (nameOf(control) === '') {
        problems.push(`A ${control.tagName.toLowerCase()} has no name: ${control.outerHTML.slice(0, 80)}`);
      }
      if (control.tabIndex < 0) {
        problems.push(`The keyboard does not reach "${nameOf(control)}".`);
      }
      const { width, height } = control.getBoundingClientRect();
      // WCAG 2.2, 2.5.8: links within a line of text may be as small as the text.
      const isInText = getComputedStyle(control).display === 'inline';
      if (control.checkVisibility() && !isInText && (width < 24 || height < 24)) {
        problems.push(`"${nameOf(control)}" is ${Math.round(width)} × ${Math.round(height)} pixels: too small to hit.`);
      }
    }
    for (const image of all('img')) {
      if (!image.hasAttribute('alt')) {
        problems.push('An image has no alternative text.');
      }
    }
    const ids = all('[id]').map(({ id }) => id);
    if (new Set(ids).size !== ids.length) {
      problems.push('Two elements have the same id.');
    }
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) {
      problems.push('The page is wider than the window.');
    }
    return problems;
  });
}
