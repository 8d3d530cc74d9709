import { type App, defineAsyncComponent } from 'vue';

const PANELS = ['TryRoster', 'TrySnippets', 'TryLogin', 'TryFaults', 'TryRequests'] as const;

/** Makes the panels of the *Try it* page known to Markdown. No other page loads them, or the sandbox. */
export function registerTry(app: App): void {
  for (const name of PANELS) {
    app.component(
      name,
      defineAsyncComponent(() => import('./panels.ts').then((panels) => panels[name])),
    );
  }
}
