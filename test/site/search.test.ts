import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from '../browser/browser.ts';
import { type ServedSite, serveSite } from './site.ts';

/** How many results a reader looks at. */
const LOOKED_AT = 3;

/** What a reader types, and the page that answers it. */
const QUESTIONS: readonly (readonly [typed: string, page: string])[] = [
  ['log in with clever button', 'guides/login'],
  ['log out', 'questions'],
  ['redirect uri', 'questions'],
  ['instant login', 'questions'],
  ['shared devices', 'guides/login'],
  ['state_mismatch', 'errors/oauth_callback'],
  ['rate_limit', 'errors/rate_limit'],
  ['rate limit', 'guides/rostering'],
  ['id_token', 'errors/oauth_id_token'],
  ['next.js', 'questions'],
  ['passport', 'migrate/passport'],
  ['fastify', 'guides/frameworks'],
  ['refresh token', 'questions'],
  ['pagination', 'errors/pagination'],
  ['webhook', 'questions'],
  ['summer', 'questions'],
  ['delete students', 'questions'],
  ['custom fields', 'questions'],
  ['grade', 'guides/values'],
  ['personal data', 'guides/privacy'],
  ['ferpa', 'guides/privacy'],
  ['test locally', 'guides/testing'],
  ['playwright', 'guides/testing'],
  ['oneroster', 'guides/oneroster'],
  ['command line', 'guides/cli'],
  ['bundle size', 'guides/runtimes'],
  ['which token', 'choose'],
  ['glossary', 'explanation/terms'],
  ['benchmark', 'performance'],
];

describeInBrowser('the search', (open) => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite();
  });
  afterAll(() => site.close());

  it(`has the answer among its first ${LOOKED_AT} results`, async () => {
    const context = await open({ javaScriptEnabled: true });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    await page.goto(site.home, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Search' }).first().click();
    const box = page.locator('#localsearch-input');
    const results = page.locator('#localsearch-list li a');
    const missed: string[] = [];
    for (const [typed, wanted] of QUESTIONS) {
      await box.fill('zzzzzz'); // nothing has this name, so the results that follow are of the question
      await expect.poll(() => results.count()).toBe(0);
      await box.fill(typed);
      await expect.poll(() => results.count(), { message: typed }).toBeGreaterThan(0);
      const found = await results.evaluateAll((links, most) => {
        return links.slice(0, most).map((link) => new URL((link as HTMLAnchorElement).href).pathname);
      }, LOOKED_AT);
      if (!found.some((path) => path === new URL(site.home + wanted).pathname)) {
        missed.push(`${typed}: ${wanted} is not among ${found.join(', ')}`);
      }
    }
    expect(missed).toEqual([]);
  });
});
