/** The programs whose sizes are measured: as small as an app of one purpose can be. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  'a pull of users': `
    import { createCleverClient } from 'clever-sdk';
    for await (const { id } of createCleverClient().district({ token: 'x' }).users.list()) console.log(id);`,
  'a login': `
    import { createCleverClient } from 'clever-sdk';
    const clever = createCleverClient({ clientId: 'x', clientSecret: 'x', redirectUri: 'https://app.example.com/cb' });
    export const login = clever.login({ cookieSecret: 'x'.repeat(32), onLogin: () => new Response() });`,
  'one value': `
    import { normalizeGrade } from 'clever-sdk/values';
    console.log(normalizeGrade('9').value);`,
  'one schema': `
    import { userSchema } from 'clever-sdk/schemas';
    console.log(userSchema.safeParse({}).success);`,
};
