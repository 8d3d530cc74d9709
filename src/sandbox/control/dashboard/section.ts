import { html } from 'hono/html';
import type { Html } from '../../clever/pages/layout.js';

/** Makes a section of the dashboard with its heading. Links lead to its id. */
export function section(id: string, title: string, lead: string, body: Html): Html {
  return html`<section id="${id}" class="card part" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${lead === '' ? '' : html`<p class="soft">${lead}</p>`} ${body}
  </section>`;
}

/** Makes a field with a text to copy. Its button appears only when scripts run. */
export function copyField(id: string, label: string, value: string): Html {
  return html`<div class="copy">
    <label for="${id}">${label}</label>
    <div class="row">
      <input id="${id}" value="${value}" readonly spellcheck="false" />
      <button type="button" class="quiet" data-copies="${id}" aria-label="Copy ${label}" hidden>Copy</button>
    </div>
  </div>`;
}

/** Copies the field that a button names, and confirms that on the button. */
export const COPY_SCRIPT = `
for (const button of document.querySelectorAll('[data-copies]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copies);
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
}
`;
