import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { DIST, ROOT } from './site.ts';

/** Builds the site, unless it is built. `npm run docs:site` builds it again after a change. */
export default function setup(): void {
  if (!existsSync(`${DIST}/index.html`)) {
    execFileSync('npm', ['run', 'docs:site'], { cwd: ROOT, stdio: 'inherit' });
  }
}
