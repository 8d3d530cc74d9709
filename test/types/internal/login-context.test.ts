import {
  type CleverClient,
  type CleverLogin,
  type LoginOptions,
  type LoginResult,
  type NodeExchange,
  type NodeRequest,
  toNodeHandler,
} from 'clever-sdk';
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from 'express';
import { describe, expectTypeOf, it } from 'vitest';

declare const clever: CleverClient;
declare const options: LoginOptions;
declare const request: Request;
/** Never called: the calls below are only compiled. */
const unreached = (check: () => unknown): void => void check;

interface Context {
  readonly req: ExpressRequest;
  readonly res: ExpressResponse;
}

describe('the context of a login', () => {
  it('has the type that the app states, in every hook', () => {
    unreached(() =>
      clever.login<Context>({
        cookieSecret: '',
        onLogin: (result) => {
          expectTypeOf(result).toEqualTypeOf<LoginResult<Context>>();
          expectTypeOf(result.context.req).toEqualTypeOf<ExpressRequest>();
          return new Response();
        },
        onError: ({ context }) => {
          expectTypeOf(context).toEqualTypeOf<Context>();
          return new Response();
        },
        onRepeat: ({ context }) => {
          expectTypeOf(context).toEqualTypeOf<Context>();
          return undefined;
        },
        currentUserId: (_request, { context }) => {
          expectTypeOf(context).toEqualTypeOf<Context>();
          return undefined;
        },
      }),
    );
  });

  it('follows from the hooks, and is undefined without one', () => {
    unreached(() => {
      const onLogin = (_: LoginResult<Context>) => new Response();
      expectTypeOf(clever.login({ cookieSecret: '', onLogin })).toEqualTypeOf<CleverLogin<Context>>();
      expectTypeOf(clever.login(options)).toEqualTypeOf<CleverLogin>();
      const plain = clever.login({ cookieSecret: '', onLogin: () => new Response() });
      expectTypeOf(plain).toEqualTypeOf<CleverLogin>();
    });
  });

  it('must be passed to both handlers, if the hooks have one', () => {
    unreached(() => {
      const login = clever.login<Context>({} as LoginOptions<Context>);
      // @ts-expect-error the hooks would miss their context
      login.callback(request);
      // @ts-expect-error the hooks would miss their context
      login.start(request, { returnTo: '/' });
      clever.login(options).callback(request);
      clever.login(options).start(request, { returnTo: '/' });
    });
  });

  it('can be what toNodeHandler() passes', () => {
    unreached(() => {
      const login = clever.login<Context>({} as LoginOptions<Context>);
      const handler: RequestHandler = toNodeHandler((given, { req, res }) =>
        login.callback(given, { context: { req, res } }),
      );
      const stated = toNodeHandler((given, context: NodeExchange<ExpressRequest, ExpressResponse>) =>
        login.start(given, { context }),
      );
      const plain = toNodeHandler(clever.login(options).callback, 'https://app.example.com');
      expectTypeOf(plain).parameter(0).toEqualTypeOf<NodeRequest>();
      return [handler, stated, plain];
    });
  });
});
