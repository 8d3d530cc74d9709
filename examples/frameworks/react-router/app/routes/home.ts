/** In app/routes.ts: index('routes/home.ts'). */
import { whoIs } from '../login.server.ts';

export const loader = async ({ request }: { request: Request }) => Response.json((await whoIs(request)) ?? null);
