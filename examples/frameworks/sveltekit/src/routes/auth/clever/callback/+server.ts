import type { RequestHandler } from '@sveltejs/kit';
import { login } from '../../../../lib/server/login';

export const GET: RequestHandler = (event) => login.callback(event.request, { context: event });
