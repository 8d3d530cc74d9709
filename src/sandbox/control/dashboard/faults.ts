import { html } from 'hono/html';
import type { Html } from '../../clever/pages/layout.js';
import type { Fault } from '../../world/faults/fault.js';
import { effectsOf } from '../../world/faults/members.js';
import { type Control, FORMS } from '../control.js';
import { FAULT_MENU, FAULT_TARGETS, FAULT_TIMES } from './fault-menu.js';
import { section } from './section.js';

/** Makes the tab of the usual faults and of those that are still pending. */
export function faults(control: Control): Html {
  const waiting = control.faults.list();
  return html`${waiting.length === 0 ? '' : pending(waiting)}
  ${section(
    'faults',
    'Add a fault',
    'Choose how the next requests of your app fail: which requests, how often, and then a button for what happens. In tests: sandbox.faults.add().',
    html`<form method="post" action="${FORMS}/faults">
      <div class="fields">
        ${select('fault-path', 'path', 'Requests', FAULT_TARGETS)} ${select('fault-times', 'times', 'How often', FAULT_TIMES)}
      </div>
      <div class="actions">
        ${Object.entries(FAULT_MENU).map(
          ([name, { label }]) => html`<button name="kind" value="${name}" class="quiet">${label}</button>`,
        )}
      </div>
    </form>`,
  )}`;
}

function pending(waiting: ReturnType<Control['faults']['list']>): Html {
  return section(
    'pending',
    'Pending faults',
    '',
    html`<ul class="links">
        ${waiting.map(
          ({ fault, happened, remaining }) => html`<li>
            <code>${fault.path ?? '*'}</code> ${described(fault)}: ${timesOf(remaining)}${
              happened === 0 ? '' : `, after ${happened}`
            }
          </li>`,
        )}
      </ul>
      <form method="post" action="${FORMS}/faults/clear" class="actions"><button class="quiet">Remove all faults</button></form>`,
  );
}

/** Describes what a fault does, with its numbers. Texts and records are left out. */
function described(fault: Fault): string {
  const withNumbers = effectsOf(fault).map((effect) => {
    const value = fault[effect as keyof Fault];
    return typeof value === 'number' ? `${effect} ${value}` : effect;
  });
  return withNumbers.join(', ');
}

function timesOf(remaining: number): string {
  if (remaining === Number.POSITIVE_INFINITY) {
    return 'until removed';
  }
  return remaining === 1 ? 'once' : `${remaining} times`;
}

function select(id: string, name: string, label: string, options: readonly (readonly [string, string])[]): Html {
  return html`<div>
    <label for="${id}">${label}</label>
    <select id="${id}" name="${name}">
      ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select>
  </div>`;
}
