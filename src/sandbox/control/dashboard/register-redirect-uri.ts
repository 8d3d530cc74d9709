import type { Context } from 'hono';
import { withForm } from '../../clever/body.js';
import { isFromOwnPage } from '../../clever/browser/same-origin.js';
import { ownAddress } from '../../clever/browser/sign-in.js';
import type { Env } from '../../clever/context.js';
import { goTo } from '../../clever/oauth/to-app.js';
import { foreignFormPage, refusalPage } from '../../clever/pages/refusal.js';
import { isWebAddress } from '../../clever/pages/unknown-client-page.js';
import type { Control } from '../control.js';

/** `POST /sandbox/redirect-uris`: registers the redirect URI of a login that was refused, and continues that login. */
export function registerRedirectUri(control: Control) {
  return async (context: Context<Env>): Promise<Response> => {
    if (!isFromOwnPage(context)) {
      return await foreignFormPage(context);
    }
    return await withForm(context, ({ uri, next }) => {
      if (!isWebAddress(uri)) {
        return refusalPage(
          context,
          400,
          'Not registered',
          'Only addresses of web pages, without a fragment, can be registered here. Name others when the sandbox starts.',
        );
      }
      control.registerRedirectUri(uri);
      return goTo(context, ownAddress(context, next));
    });
  };
}
