/** deno run --allow-net --allow-env web/deno.ts */
import { createApp } from './app.ts';

Deno.serve({ port: Number(Deno.env.get('PORT') ?? 3000) }, createApp(Deno.env.toObject()));
