/** bun web/bun.ts */
import { createApp } from './app.ts';

Bun.serve({ port: Number(process.env['PORT'] ?? 3000), fetch: createApp(process.env) });
