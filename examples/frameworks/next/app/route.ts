import { whoIs } from '../lib/login';

export const dynamic = 'force-dynamic';
export const GET = async () => Response.json((await whoIs()) ?? null);
