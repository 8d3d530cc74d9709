import type { Sandbox } from 'clever-sdk/sandbox';

interface Button {
  readonly label: string;
  readonly name: string | undefined;
  readonly value: string;
}

interface Form {
  readonly method: string;
  readonly action: string;
  /**
   * The fields that are sent with any button: hidden inputs, chosen radio buttons, and the chosen or first
   * entry of each list.
   */
  readonly fields: readonly (readonly [string, string])[];
  readonly buttons: readonly Button[];
}

/** The location of a browser: a page of the sandbox, or a redirect to the app. */
export interface Stop {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** The title of the page, with entities decoded. */
  readonly heading: string;
  readonly forms: readonly Form[];
}

/** A browser without scripts: cookies, links, forms and redirects, as long as they stay on the sandbox. */
export class Browser {
  readonly #fetch: Sandbox['fetch'];
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  /** The `Set-Cookie` headers that arrived, oldest first. */
  readonly received: string[] = [];

  constructor(sandbox: Sandbox) {
    this.#origin = sandbox.url ?? 'https://clever.com';
    this.#fetch = sandbox.url === undefined ? sandbox.fetch : fetch;
  }

  /** Opens an address and follows redirects to a page, or until they leave for the app. */
  async open(address: string, init: RequestInit = {}): Promise<Stop> {
    let url = new URL(address, this.#origin);
    let request = init;
    for (let hop = 0; hop < 10; hop += 1) {
      const headers = new Headers(request.headers);
      headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      const response = await this.#fetch(url.href, { ...request, headers, redirect: 'manual' });
      this.#keep(response);
      const location = response.headers.get('location');
      const next = location === null ? undefined : new URL(location, url);
      if (next === undefined || next.origin !== this.#origin) {
        return stopAt(next ?? url, response, await response.text());
      }
      [url, request] = [next, {}];
    }
    throw new Error('too many redirects');
  }

  /**
   * Presses the button of a page whose label begins with the text.
   *
   * @param choices - Values of lists and radio buttons to choose first.
   */
  async press(
    page: Stop,
    label: string,
    headers: Readonly<Record<string, string>> = {},
    choices: Readonly<Record<string, string>> = {},
  ): Promise<Stop> {
    for (const form of page.forms) {
      const button = form.buttons.find((candidate) => candidate.label.startsWith(label));
      if (button !== undefined) {
        const fields = new URLSearchParams(form.fields.map(([name, value]) => [name, choices[name] ?? value]));
        if (button.name !== undefined) {
          fields.append(button.name, button.value);
        }
        return this.open(form.action, {
          method: 'POST',
          headers: { origin: this.#origin, 'sec-fetch-site': 'same-origin', ...headers },
          body: fields,
        });
      }
    }
    throw new Error(`no button “${label}” on “${page.heading}”`);
  }

  /** Follows the link of a page that has this text. */
  async follow(page: Stop, label: string): Promise<Stop> {
    const links = [...page.html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a\s*>/gu)];
    const href = links.find(([, , content = '']) => textOf(content).includes(label))?.[1];
    if (href === undefined) {
      throw new Error(`no link “${label}” on “${page.heading}”`);
    }
    return this.open(new URL(decodeEntities(href), page.url).href);
  }

  /** The value of a cookie that the browser holds. */
  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  #keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      this.received.push(line);
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (/max-age=0(?:;|$)/iu.test(line)) {
        this.#cookies.delete(name);
      } else {
        this.#cookies.set(name, value);
      }
    }
  }
}

/** The labels of all buttons of a page. */
export function labelsOf({ forms }: Stop): string[] {
  return forms.flatMap(({ buttons }) => buttons.map(({ label }) => label));
}

/** The query of the address at which a browser stopped. */
export function queryOf({ url }: Stop): Record<string, string> {
  return Object.fromEntries(url.searchParams);
}

function stopAt(url: URL, response: Response, html: string): Stop {
  const heading = textOf(/<h1>([\s\S]*?)<\/h1>/u.exec(html)?.[1] ?? '');
  return { url, status: response.status, headers: response.headers, html, heading, forms: formsOf(html) };
}

function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form ([^>]*)>([\s\S]*?)<\/form>/gu)].map(([, attributes = '', content = '']) => ({
    method: attributeOf(attributes, 'method') ?? 'get',
    action: attributeOf(attributes, 'action') ?? '',
    fields: [
      ...[...content.matchAll(/<input ([^>]*type="(?:hidden"|radio"[^>]*checked)[^>]*)>/gu)].map(
        ([, input = '']) => [attributeOf(input, 'name') ?? '', attributeOf(input, 'value') ?? ''] as const,
      ),
      ...[...content.matchAll(/<select ([^>]*)>([\s\S]*?)<\/select>/gu)].map(([, list = '', options = '']) => {
        const option = /<option ([^>]*selected[^>]*)>/u.exec(options) ?? /<option ([^>]*)>/u.exec(options);
        return [attributeOf(list, 'name') ?? '', attributeOf(option?.[1] ?? '', 'value') ?? ''] as const;
      }),
    ],
    buttons: [...content.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/gu)].map(([, button = '', label = '']) => ({
      label: textOf(label.replace(/<span class="face"[\s\S]*?<\/span>/u, '')),
      name: attributeOf(button, 'name'),
      value: attributeOf(button, 'value') ?? '',
    })),
  }));
}

function attributeOf(tag: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'u').exec(tag)?.[1];
  return value === undefined ? undefined : decodeEntities(value);
}

function textOf(html: string): string {
  return decodeEntities(html.replace(/<wbr[^>]*>/gu, '').replace(/<[^>]*>/gu, ' '))
    .replace(/\s+/gu, ' ')
    .trim();
}

function decodeEntities(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
