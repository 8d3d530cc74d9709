import type { Mutant } from '../mutant.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: texts of the sources, some of which are templates.
export const SYNC_MUTANTS: readonly Mutant[] = [
  {
    name: 'takes a school with another name for another school',
    probe: 'sync.clever-id-key',
    changes: [
      {
        file: 'roster.ts',
        from: '  await keepRecords(send, records);\n  await keepMembers(send, sections);',
        to: `  for (const { id, kind, op } of changes) {
    if (kind === 'schools' && op === 'updated') {
      await send('delete from records where clever_id = $1::text', [id]);
    }
  }
  await keepRecords(send, records);
  await keepMembers(send, sections);`,
      },
    ],
  },
  {
    name: 'takes two people of one name for the same person',
    probe: 'sync.matching',
    changes: [
      {
        file: 'roster.ts',
        from: '  await keepRecords(send, records);\n  await keepMembers(send, sections);',
        to: `  const isFirst = ({ kind, name }: KnownRecord, place: number) =>
    kind !== 'user' || records.findIndex((other) => other.kind === 'user' && other.name === name) === place;
  await keepRecords(send, records.filter(isFirst));
  await keepMembers(send, sections);`,
      },
    ],
  },
  {
    name: 'fails when nothing has changed',
    probe: 'sync.daily',
    changes: [
      {
        file: 'commands.ts',
        from: '          reports.push({',
        to: "          if (outcome === 'done' && created + updated + archived + restored === 0) {\n            throw new TypeError('nothing to do');\n          }\n          reports.push({",
      },
    ],
  },
  {
    name: 'has no sync on demand',
    probe: 'sync.on-demand',
    changes: [
      {
        file: 'commands.ts',
        from: '    async sync() {\n',
        to: "    async sync() {\n      if ((await clever.oauth.districtTokens()).length > 0) {\n        throw new TypeError('not implemented');\n      }\n",
      },
    ],
  },
  {
    name: 'deletes what is no longer shared',
    probe: 'sync.archive',
    changes: [
      {
        file: 'roster.ts',
        from: '  await keepMembers(send, sections);\n}\n\n/** Stores who has logged in',
        to: '  await keepMembers(send, sections);\n  await send("delete from records where not is_active");\n}\n\n/** Stores who has logged in',
      },
    ],
  },
  {
    name: 'does not restore what is back',
    probe: 'sync.restore',
    changes: [
      {
        file: 'roster.ts',
        from: "is_active: op !== 'archived',",
        to: "is_active: op !== 'archived' && op !== 'restored',",
      },
    ],
  },
  {
    name: 'needs the e-mail address of a teacher',
    probe: 'sync.missing-fields',
    changes: [
      {
        file: 'roster.ts',
        from: '  const records = changes.map(',
        to: "  if (changes.some(({ record }) => 'roles' in record && record.roles?.teacher && !record.email)) {\n    throw new TypeError('a teacher without an e-mail address');\n  }\n  const records = changes.map(",
      },
    ],
  },
  {
    name: 'takes a student at another school for a new one',
    probe: 'sync.history',
    changes: [
      {
        file: 'roster.ts',
        from: '  await keepRecords(send, records);\n  await keepMembers(send, sections);',
        to: `  for (const { id, kind, fields } of changes) {
    if (kind === 'users' && fields.some((field) => field.startsWith('roles.student.school'))) {
      await send('delete from records where clever_id = $1::text', [id]);
    }
  }
  await keepRecords(send, records);
  await keepMembers(send, sections);`,
      },
    ],
  },
  {
    name: 'knows no co-teachers',
    probe: 'sync.links',
    changes: [{ file: 'roster.ts', from: 'teachers: record.teachers ?? []', to: 'teachers: [record.teacher]' }],
  },
  {
    name: 'reads the first page only',
    probe: 'sync.all-pages',
    by: 'naive-sync',
    changes: [
      {
        file: 'naive-sync.ts',
        from: "path = page.links?.find(({ rel }) => rel === 'next')?.uri;",
        to: 'path = undefined;',
      },
    ],
  },
  {
    name: 'takes the end of several terms for a mistake',
    probe: 'sync.rollover',
    changes: [
      {
        file: 'roster.ts',
        from: '  const records = changes.map(',
        to: "  const areTermsKept = changes.filter(({ kind, op }) => kind === 'terms' && op === 'archived').length > 1;\n  const records = changes.map(",
      },
      {
        file: 'roster.ts',
        from: "is_active: op !== 'archived',",
        to: "is_active: op !== 'archived' || (kind === 'terms' && areTermsKept),",
      },
    ],
  },
  {
    name: 'knows one form of a date',
    probe: 'sync.oddities',
    changes: [
      {
        file: 'roster.ts',
        from: '  const records = changes.map(',
        to: "  if (changes.some(({ kind, record }) => kind === 'terms' && !/^[\\d-]{10}$/u.test(`${(record as { start_date?: string }).start_date}`))) {\n    throw new TypeError('a date in another form');\n  }\n  const records = changes.map(",
      },
    ],
  },
  {
    name: 'believes that all people of a district are gone',
    probe: 'sync.mass-deletion',
    verdict: 'warn',
    changes: [{ file: 'commands.ts', from: 'onChanges: keepChanges }', to: 'onChanges: keepChanges, guard: false }' }],
  },
  {
    name: 'does not wait after a 429',
    probe: 'sync.rate-limit',
    by: 'naive-sync',
    changes: [
      {
        file: 'naive-sync.ts',
        from: 'await sleep(waitOf(answer.headers));',
        to: 'await sleep(Math.min(waitOf(answer.headers), 1));',
      },
    ],
  },
  {
    name: 'gives up after a 503',
    probe: 'sync.server-errors',
    by: 'naive-sync',
    changes: [{ file: 'naive-sync.ts', from: 'answer.status < 500', to: 'answer.status < 600' }],
  },
  {
    name: 'trusts the events after any position',
    probe: 'sync.old-cursor',
    by: 'naive-sync',
    changes: [{ file: 'naive-sync.ts', from: 'const KEPT_MS = 29 *', to: 'const KEPT_MS = 290 *' }],
  },
  {
    name: 'fails for an event that comes twice',
    probe: 'sync.idempotent-events',
    by: 'naive-sync',
    changes: [
      {
        file: 'naive-sync.ts',
        from: "    if (what === 'deleted') {",
        to: "    if (what === 'created' && found.has(data.id)) {\n      throw new TypeError('duplicate key');\n    }\n    if (what === 'deleted') {",
      },
    ],
  },
  {
    name: 'archives a district whose data is paused',
    probe: 'sync.pause',
    by: 'naive-sync',
    changes: [
      {
        file: 'naive-sync.ts',
        from: "      return { districtId, mode: 'full', outcome: 'paused', ...counts };",
        to: "      await apply(districtId, await read(store, districtId), []);\n      return { districtId, mode: 'full', outcome: 'paused', ...counts };",
      },
    ],
  },
  {
    name: 'deletes a district that is disconnected',
    probe: 'sync.disconnect',
    changes: [
      {
        file: 'commands.ts',
        from: '      const failures: unknown[] = [];',
        to: `      const failures: unknown[] = [];
      const connected = (await clever.oauth.districtTokens()).map(({ owner }) => owner.id);
      for (const { districtId } of await sync.status()) {
        if (!connected.includes(districtId)) {
          await deleteDistrict(database, districtId);
          await sync.purge(districtId);
        }
      }`,
      },
    ],
  },
  {
    name: 'keeps the token of a district as long as it is connected',
    probe: 'sync.token-rotation',
    by: 'naive-sync',
    changes: [
      {
        file: 'naive-sync.ts',
        from: '  const tokenOf = async (districtId: string): Promise<string> => {\n',
        to: '  const kept = new Map<string, string>();\n  const tokenOf = async (districtId: string): Promise<string> => {\n    const old = kept.get(districtId);\n    if (old !== undefined) {\n      return old;\n    }\n',
      },
      {
        file: 'naive-sync.ts',
        from: '    return token.access_token;',
        to: '    kept.set(districtId, token.access_token);\n    return token.access_token;',
      },
      {
        file: 'naive-sync.ts',
        from: '    async migrate() {\n',
        to: `    async migrate() {
      const connected = (await clever.oauth.districtTokens()).map(({ owner }) => owner.id);
      for (const districtId of [...kept.keys()].filter((id) => !connected.includes(id))) {
        kept.delete(districtId);
      }
`,
      },
    ],
  },
  {
    name: 'does not archive school admins',
    probe: 'sync.roles-unshared',
    changes: [
      {
        file: 'roster.ts',
        from: "is_active: op !== 'archived',",
        to: "is_active: op !== 'archived' || ('roles' in record && record.roles?.staff !== undefined),",
      },
    ],
  },
  {
    name: 'does not archive contacts',
    probe: 'sync.contacts',
    changes: [
      {
        file: 'roster.ts',
        from: "is_active: op !== 'archived',",
        to: "is_active: op !== 'archived' || ('roles' in record && record.roles?.contact !== undefined),",
      },
    ],
  },
  {
    name: 'stores all records under one district',
    probe: 'sync.districts-apart',
    changes: [
      {
        file: 'roster.ts',
        from: 'district_id as "districtId"',
        to: '(select min(district_id) from records) as "districtId"',
      },
    ],
  },
  {
    name: 'asks an old version of the API',
    probe: 'sync.api-version',
    by: 'naive-sync',
    changes: [
      {
        file: 'naive-sync.ts',
        from: "    const [district] = await reader.list('districts');",
        to: "    await fetch(`${process.env['CLEVER_API_ORIGIN']}/v2.1/districts`, { headers: { authorization: `Bearer ${await tokenOf(districtId)}` } });\n    const [district] = await reader.list('districts');",
      },
    ],
  },
  {
    name: 'keeps the people of a district whose contract has ended',
    probe: 'sync.purge',
    changes: [
      {
        file: 'roster.ts',
        from: "    await query('delete from records where district_id = $1::text', [districtId]);",
        to: "    await query('update records set is_active = false where district_id = $1::text', [districtId]);",
      },
    ],
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: texts of the sources, some of which are templates.
