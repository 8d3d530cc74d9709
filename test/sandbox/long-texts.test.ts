import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';

/*
 * Texts of a million characters, made for patterns that go back at each of them. Such a pattern needs some 10^12 steps,
 * hours, for one text; the time limit of a test is the measure.
 */

const MANY = 1_000_000;

describe('a long text from outside is read in one go', () => {
  it('the description of an assignment', async ({ sandbox, district }) => {
    const sections = await district.sections.list().toArray({ maxItems: 1_000 });
    const id = sections.find(({ lms_status }) => lms_status?.synced_in_lms === true)?.id;
    const [{ token }] = sandbox.districts;
    const answer = await sandbox.fetch(`https://api.clever.com/v3.1/sections/${id}/assignments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 't', due_date: '2030-01-01', description: '<'.repeat(MANY) }),
    });
    expect(answer.status).toBe(200);
    const { data } = (await answer.json()) as { data: { description_plaintext: string } };
    expect(data.description_plaintext).toBe('<'.repeat(MANY));
  });

  it.for(['1'.repeat(MANY), 'a1.'.repeat(MANY / 4), `${'1'.repeat(MANY)}@`, ' '.repeat(MANY)])(
    'the name of a person to log in',
    async (who, { sandbox }) => {
      const { clientId, redirectUri } = sandbox.clientOptions();
      const url = new URL('https://clever.com/oauth/authorize');
      url.search = String(
        new URLSearchParams({
          response_type: 'code',
          client_id: clientId,
          redirect_uri: redirectUri,
          state: 's',
          sandbox_user: who,
        }),
      );
      const answer = await sandbox.fetch(url, { redirect: 'manual' });
      expect(answer.status).toBe(404);
    },
  );
});
