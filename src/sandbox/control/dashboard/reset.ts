import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../../clever/context.js';
import type { Html } from '../../clever/pages/layout.js';
import { FORMS } from '../control.js';
import { section } from './section.js';
import { tabAddress } from './tabs.js';

/** The query of the address that asks before the reset. */
const ASKING = { ask: 'reset' } as const;

/** Makes the section of the reset: a link that leads to the question, and the question with the button. */
export function reset(context: Context<Env>): Html {
  return context.req.query('ask') === ASKING.ask ? question() : offer();
}

function offer(): Html {
  return section(
    'reset',
    'Reset',
    'Start again with everything as it was when the sandbox was made.',
    html`<div class="actions"><a class="button quiet" href="${tabAddress('time', ASKING)}#reset">Reset …</a></div>`,
  );
}

function question(): Html {
  return section(
    'reset',
    'Reset the sandbox?',
    '',
    html`<p>This cannot be undone. These are lost:</p>
      <ul>
        <li>every change of the rosters, and all events</li>
        <li>new connections and tokens of districts, and redirect URIs that were registered later</li>
        <li>logins, browser sessions and apps that teachers installed</li>
        <li>faults, the list of requests, and how far the clock was set forward</li>
      </ul>
      <div class="actions">
        <form method="post" action="${FORMS}/reset"><button class="danger">Reset the sandbox</button></form>
        <a class="button quiet" href="${tabAddress('time')}">Cancel</a>
      </div>`,
  );
}
