import { ASK, type Check } from '../check.js';
import type { DiagnosticTarget } from '../diagnostic-target.js';

/** As many are read for their names; the others are counted. */
const MOST_NAMED = 20;

/** The districts that connected the app. */
export const districts: Check = {
  id: 'districts',
  title: 'Districts',
  needs: ['app'],
  run: async (target) => {
    const ids = (await target.districtTokens()).flatMap(({ owner }) => owner?.id ?? []);
    if (ids.length === 0) {
      return {
        verdict: 'failed',
        seen: 'no district has connected the app',
        cause: 'Rosters are read with a token per district, and Clever lists none for this app.',
        whatToDo:
          "Ask a district to connect the app, or use the #DEMO district of the app's dashboard. Library logins work without.",
        whomToAsk: ASK.district,
      };
    }
    if (target.districtId !== undefined && !ids.includes(target.districtId)) {
      return {
        verdict: 'failed',
        seen: `${ids.length} connected, and the one asked for is not among them`,
        cause: 'The district disconnected the app or never connected it, or the id is not one of a district.',
        whatToDo: 'Check --district against the list.',
        whomToAsk: ASK.district,
        lines: ids.slice(0, MOST_NAMED),
        details: { districts: ids.map((id) => ({ id })) },
      };
    }
    const named = await districtNames(target, ids);
    const more = ids.length > named.length ? [`… and ${ids.length - named.length} more`] : [];
    return {
      verdict: 'ok',
      seen: `${ids.length} connected`,
      lines: [...named.map(({ id, name }) => `${id}  ${name ?? '(not readable)'}`), ...more],
      details: { districts: ids.map((id) => named.find((one) => one.id === id) ?? { id }) },
    };
  },
};

async function districtNames(
  target: DiagnosticTarget,
  ids: readonly string[],
): Promise<{ id: string; name: string | undefined }[]> {
  const tokens = await target.districtTokens();
  const clever = target.client();
  return await Promise.all(
    ids.slice(0, MOST_NAMED).map(async (id) => {
      const token = tokens.find(({ owner }) => owner?.id === id)?.access_token ?? '';
      const listing = clever.district({ token }).districts.list();
      // The check of the district token reports what is wrong with it.
      const name = await listing.firstPage().then(
        ({ data }) => data[0]?.name,
        () => undefined,
      );
      return { id, name };
    }),
  );
}
