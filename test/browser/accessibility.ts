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

/** Texts whose contrast with their background is below 4.5 to 1. Source: WCAG 2.2, 1.4.3. */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const channels = (color: string): number[] => (color.match(/[\d.]+/gu) ?? []).map(Number);
    const luminance = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const backgroundOf = (element: Element | null): string => {
      const color = element === null ? 'rgb(255, 255, 255)' : getComputedStyle(element).backgroundColor;
      return channels(color)[3] === 0 ? backgroundOf(element?.parentElement ?? null) : color;
    };
    const texts = [...document.querySelectorAll('body *')].filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== ''),
    );
    return texts
      .filter((element) => element.checkVisibility() && !element.matches('script, style'))
      .filter((element) => {
        const [text, back] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))];
        return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05) < 4.5;
      })
      .map((element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`);
  });
}
