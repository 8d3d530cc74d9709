import type { Mutant } from '../mutant.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: texts of the sources, some of which are templates.
export const SSO_MUTANTS: readonly Mutant[] = [
  {
    name: 'sends its secret in the address',
    probe: 'sso.code-grant',
    by: 'naive-login',
    changes: [
      {
        file: 'naive-login.ts',
        from: '/oauth/tokens`, {',
        to: "/oauth/tokens?client_secret=${env['CLEVER_CLIENT_SECRET']}`, {",
      },
    ],
  },
  {
    name: 'exchanges a code at each reload',
    probe: 'sso.code-once',
    by: 'naive-login',
    changes: [
      {
        file: 'naive-login.ts',
        from: 'code !== null && exchanged.has(code)',
        to: 'code !== null && exchanged.has(`${code} never`)',
      },
      {
        file: 'naive-login.ts',
        from: "serialize('state', '', { ...SCOPE, maxAge: 0 })",
        to: "serialize('visited', '1', SCOPE)",
      },
    ],
  },
  {
    name: 'shows its own login page to logins from the portal',
    probe: 'sso.portal-login',
    changes: [
      {
        file: 'app.ts',
        from: "app.all('/auth/clever/callback', (c) => login.callback(c.req.raw));",
        to: "app.all('/auth/clever/callback', (c) => c.req.query('code') && !c.req.query('state') ? redirect('/login') : login.callback(c.req.raw));",
      },
    ],
  },
  {
    name: 'adds parameters to its redirect URI',
    probe: 'sso.one-redirect-uri',
    by: 'naive-login',
    changes: [
      { file: 'app.ts', from: '`${origin}/auth/clever/callback`', to: '`${origin}/auth/clever/callback?from=clever`' },
    ],
  },
  {
    name: 'makes a new account for a new e-mail address',
    probe: 'sso.match',
    changes: [
      {
        file: 'app.ts',
        from: '    const personId = await keepPerson(database, identity);',
        to: '    const { id, email, districtId } = identity;\n    const personId = await keepPerson(database, { ...identity, id: email && districtId ? `${districtId} ${email}` : id });',
      },
    ],
  },
  {
    name: 'takes the e-mail address for the key',
    probe: 'sso.no-email-key',
    changes: [
      {
        file: 'app.ts',
        from: '    const personId = await keepPerson(database, identity);',
        to: '    const { id, email, districtId } = identity;\n    const personId = await keepPerson(database, { ...identity, id: email && districtId ? email : id });',
      },
    ],
  },
  {
    name: 'takes the SIS id for the key',
    probe: 'sso.no-sis-id-key',
    changes: [
      {
        file: 'app.ts',
        from: '    const personId = await keepPerson(database, identity);',
        to: `    const { id, districtId } = identity;
    const record = districtId === undefined ? undefined : await clever.district({ districtId }).users.get(id);
    const personId = await keepPerson(database, { ...identity, id: record?.roles?.student?.sis_id ?? id });`,
      },
    ],
  },
  {
    name: 'fails for a role that it did not expect',
    probe: 'sso.roles',
    changes: [
      {
        file: 'app.ts',
        from: '    const personId = await keepPerson(database, identity);',
        to: "    if (identity.role === 'district_admin' && identity.roles.length === 1) {\n      throw new TypeError('no such role');\n    }\n    const personId = await keepPerson(database, identity);",
      },
    ],
  },
  {
    name: 'looks at the first role only',
    probe: 'sso.multi-role',
    changes: [{ file: 'app.ts', from: "identity.role ?? ''", to: "identity.roles[0] ?? ''" }],
  },
  {
    name: 'keeps the session of the last person',
    probe: 'sso.shared-device',
    changes: [
      {
        file: 'app.ts',
        from: '    const personId = await keepPerson(database, identity);',
        to: '    if ((await sessions.find(request)) !== undefined) {\n      return redirect(returnTo);\n    }\n    const personId = await keepPerson(database, identity);',
      },
    ],
  },
  {
    name: 'keeps the id of the session',
    probe: 'sso.session-fixation',
    changes: [
      {
        file: 'sessions.ts',
        from: "    const cookie = randomBytes(32).toString('base64url');",
        to: "    const cookie = parse(request.headers.get('cookie') ?? '', this.#name)[this.#name] || randomBytes(32).toString('base64url');",
      },
    ],
  },
  {
    name: 'ends all sessions at each login',
    probe: 'sso.other-browser',
    changes: [
      {
        file: 'sessions.ts',
        from: '    await this.end(request);',
        to: "    await this.#send('delete from sessions where $1::text is not null', ['']);\n    await this.end(request);",
      },
    ],
  },
  {
    name: 'does not show who is logged in',
    probe: 'sso.who-is-logged-in',
    verdict: 'review',
    changes: [
      {
        file: 'pages.ts',
        from: "<strong>${name || 'a person without a name'}</strong> (${ROLES[role] ?? 'guest'})",
        to: "${name === '' ? 'a guest' : ROLES[role] ?? 'a guest'}",
      },
    ],
  },
  {
    name: 'does not end a session that is logged out',
    probe: 'sso.logout',
    changes: [{ file: 'app.ts', from: "redirect('/login', await sessions.end(c.req.raw))", to: "redirect('/login')" }],
  },
  {
    name: 'sends a person whose district is not authorized back to Clever',
    probe: 'sso.error-unauthorized',
    changes: [
      {
        file: 'app.ts',
        from: '    onError: async ({ error, status }) => page(',
        to: "    onError: async ({ error, status, request }) => request.url.includes('unauthorized-user') ? redirect('/auth/clever') : page(",
      },
    ],
  },
  {
    name: 'fails when a person denies access',
    probe: 'sso.error-denied',
    changes: [
      {
        file: 'app.ts',
        from: '    onError: async ({ error, status }) => page(',
        to: "    onError: async ({ error, status, request }) => request.url.includes('access_denied') ? Response.json({ error: error.code, stack: error.stack }, { status: 500 }) : page(",
      },
    ],
  },
  {
    name: 'fails for a garbage code',
    probe: 'sso.error-bad-code',
    by: 'naive-login',
    changes: [
      {
        file: 'naive-login.ts',
        from: "      return refuse(request, error instanceof Error ? error.name : 'error');",
        to: "      if (code.includes('never')) {\n        throw error;\n      }\n      return refuse(request, error instanceof Error ? error.name : 'error');",
      },
    ],
  },
  {
    name: 'fails for a code that is too old',
    probe: 'sso.error-old-code',
    by: 'naive-login',
    changes: [
      {
        file: 'naive-login.ts',
        from: "throw new Error('no token');",
        to: "throw new Error(answer.status < 500 && !code.includes('never') ? 'expired' : 'no token');",
      },
      {
        file: 'naive-login.ts',
        from: "      return refuse(request, error instanceof Error ? error.name : 'error');",
        to: "      if (error instanceof Error && error.message === 'expired') {\n        throw error;\n      }\n      return refuse(request, error instanceof Error ? error.name : 'error');",
      },
    ],
  },
  {
    name: 'shows a stack trace when no token can be had',
    probe: 'sso.error-token-endpoint',
    changes: [
      {
        file: 'app.ts',
        from: '    onError: async ({ error, status }) => page(',
        to: "    onError: async ({ error, status }) => error.code.startsWith('oauth') && status === 502 ? page(`<pre>${error.stack}</pre>`, 500) : page(",
      },
    ],
  },
  {
    name: 'fails when Clever’s API is down',
    probe: 'sso.error-api',
    changes: [
      {
        file: 'app.ts',
        from: '    onError: async ({ error, status }) => page(',
        to: "    onError: async ({ error, status }) => error.code === 'server' ? new Response(`Internal error\\n${error.stack}`, { status: 500 }) : page(",
      },
    ],
  },
  {
    name: 'needs a first name',
    probe: 'sso.missing-fields',
    changes: [
      {
        file: 'roster.ts',
        from: "  const parts = typeof name === 'object' && name !== null ? (name as Record<string, unknown>) : { first: name };",
        to: "  const parts = typeof name === 'object' && name !== null ? (name as Record<string, unknown>) : { first: name };\n  if (parts['first'] === '') {\n    throw new TypeError('a person needs a name');\n  }",
      },
    ],
  },
  {
    name: 'has too little room for long names',
    probe: 'sso.odd-data',
    changes: [{ file: 'database.ts', from: '    name text not null,', to: '    name varchar(120) not null,' }],
  },
  {
    name: 'accepts any state',
    probe: 'sso.forged-state',
    by: 'naive-login',
    changes: [
      { file: 'naive-login.ts', from: 'if (state !== expected) {', to: 'if (expected === `never ${state}`) {' },
    ],
  },
  {
    name: 'accepts the state of another browser',
    probe: 'sso.other-browser-state',
    by: 'naive-login',
    changes: [
      {
        file: 'naive-login.ts',
        from: '  const exchanged = new Set<string>();',
        to: '  const exchanged = new Set<string>();\n  const states = new Set<string>();',
      },
      {
        file: 'naive-login.ts',
        from: '    const state = randomUUID();',
        to: '    const state = randomUUID();\n    states.add(state);',
      },
      {
        file: 'naive-login.ts',
        from: 'if (state !== expected) {',
        to: 'if (expected === `never ${state}` || !states.delete(state)) {',
      },
    ],
  },
  {
    name: 'exchanges a code that came without a state',
    probe: 'sso.missing-state',
    by: 'naive-login',
    changes: [
      { file: 'naive-login.ts', from: 'if (state === null) {', to: 'if (state === `never ${code}`) {' },
      { file: 'naive-login.ts', from: 'if (state !== expected) {', to: 'if (state !== null && state !== expected) {' },
    ],
  },
  {
    name: 'checks the state only where a login was begun',
    probe: 'sso.login-csrf',
    by: 'naive-login',
    changes: [
      {
        file: 'naive-login.ts',
        from: 'if (state !== expected) {',
        to: 'if (expected !== undefined && state !== expected) {',
      },
    ],
  },
  {
    name: 'has the token in its page',
    probe: 'sso.secrets-inside',
    changes: [
      {
        file: 'app.ts',
        from: "    return redirect(returnTo, await sessions.replace(request, personId, identity.role ?? ''));",
        to: "    return redirect(`${returnTo}?token=${token.access_token}`, await sessions.replace(request, personId, identity.role ?? ''));",
      },
    ],
  },
  {
    name: 'lets scripts read its cookie',
    probe: 'sso.cookies',
    changes: [{ file: 'sessions.ts', from: 'httpOnly: true', to: 'httpOnly: false' }],
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: texts of the sources, some of which are templates.
