/** In app/routes.ts: route('auth/clever/callback', 'routes/clever-callback.ts'). */
import { login } from '../login.server.ts';

export const loader = ({ request }: { request: Request }) => login.callback(request);
