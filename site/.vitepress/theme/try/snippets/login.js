import { createCleverClient } from 'clever-sdk';

const clever = createCleverClient({ ...sandbox.clientOptions(), dangerouslyAllowBrowser: true });
const { redirectUri } = sandbox.clientOptions();
const login = clever.login({
  cookieSecret: 'at least 32 bytes that only the server knows',
  onLogin: ({ identity, isCleverInitiated }) => {
    console.log('onLogin:', { role: identity.role, connection: identity.connection, isCleverInitiated });
    return new Response('Welcome');
  },
  onError: ({ error, status }) => new Response(error.userMessage, { status }),
});

// Clever's certification tries this: a login that begins in the portal, and a forged state.
const arrival = await login.callback(new Request(`${redirectUri}?code=from-the-portal`));
console.log('without a state:', arrival.status, new URL(arrival.headers.get('location')).pathname);

const cookie = arrival.headers.get('set-cookie').split(';')[0];
const [teacher] = sandbox.people({ role: 'teacher', connection: 'district' });
const back = await sandbox.fetch(teacher.loginUrl(arrival.headers.get('location')));
const welcome = await login.callback(new Request(back.headers.get('location'), { headers: { cookie } }));
console.log('with the state of this browser:', welcome.status);

const forged = await login.callback(new Request(`${redirectUri}?code=x&state=forged`, { headers: { cookie } }));
console.log('with a forged state:', forged.status, await forged.text());
