/* Frameworks in snippets that are not installed here, as far as the snippets use them: test/frameworks has them all. */

declare module 'better-auth' {
  export function betterAuth(options: { plugins: readonly object[] } & Record<string, unknown>): {
    handler(request: Request): Promise<Response>;
  };
}

declare module 'better-auth/plugins' {
  export function genericOAuth(options: { config: readonly object[] }): object;
}

declare module 'next-auth' {
  interface Auth {
    handlers: { GET(request: Request): Promise<Response>; POST(request: Request): Promise<Response> };
    signIn(provider: string, options: { redirectTo: string }): Promise<Response>;
  }
  export default function NextAuth(config: { providers: readonly object[]; callbacks: object }): Auth;
}

declare module '@auth/core' {
  export function Auth(request: Request, config: object): Promise<Response>;
}

declare module '@auth/express' {
  export function ExpressAuth(config: object): import('express').RequestHandler;
}

declare module 'h3' {
  type Handler = (event: import('clever-sdk/nuxt').H3LikeEvent) => unknown;
  interface App {
    use(path: string, handler: Handler): App;
  }
  export function createApp(): App;
  export function toNodeListener(app: App): import('node:http').RequestListener;
  export function sendRedirect(event: import('clever-sdk/nuxt').H3LikeEvent, path: string): Promise<void>;
}
