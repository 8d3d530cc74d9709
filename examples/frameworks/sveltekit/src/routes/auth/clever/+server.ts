import type { RequestHandler } from '@sveltejs/kit';
import { login } from '../../../lib/server/login';

// Link to it with <a href="/auth/clever" data-sveltekit-reload data-sveltekit-preload-data="off">.
export const GET: RequestHandler = (event) => login.start(event.request, { context: event });
