import type { RequestHandler } from '@sveltejs/kit';
import { whoIs } from '../lib/server/login';

export const GET: RequestHandler = async (event) => Response.json((await whoIs(event)) ?? null);
