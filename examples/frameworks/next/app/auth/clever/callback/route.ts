import { login } from '../../../../lib/login';

export const dynamic = 'force-dynamic';
export const GET = (request: Request) => login.callback(request);
