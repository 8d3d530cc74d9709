/** wrangler dev web/worker.ts; its variables are those of the environment. */
import { createApp, type Environment } from './app.ts';

let app: ReturnType<typeof createApp> | undefined;

export default {
  fetch(request: Request, environment: Environment): Promise<Response> {
    app ??= createApp(environment);
    return app(request);
  },
};
