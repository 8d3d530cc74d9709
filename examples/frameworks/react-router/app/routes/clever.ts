/** In app/routes.ts: route('auth/clever', 'routes/clever.ts'). Link to it with <a> or <Link reloadDocument>. */
import { login } from '../login.server.ts';

export const loader = ({ request }: { request: Request }) => login.start(request);
