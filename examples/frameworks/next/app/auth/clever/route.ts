import { login } from '../../../lib/login';

// Link to it with <a href="/auth/clever">, which always navigates: <Link> would load it before anyone clicks.
export const dynamic = 'force-dynamic';
export const GET = (request: Request) => login.start(request);
