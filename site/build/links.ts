/** Links between files, which work on the repository's host, become links between pages. */
import { posix } from 'node:path';
import { changeProse } from './markdown.ts';

/** Where links of a page lead. */
export interface LinkTargets {
  /** The address of the page that a file of the project has become, or nothing. */
  pageOf(file: string): string | undefined;
  /** The file of the page at an address, or nothing. */
  fileOf(address: string): string | undefined;
  /** What exists at a path of the project. */
  kindOf(path: string): 'file' | 'folder' | undefined;
  /** The anchors of the page that a file has become. */
  anchorsOf(file: string): ReadonlySet<string>;
  /** The address of the site, with a slash at its end. */
  readonly homepage: string;
  /** The address of the repository for people. */
  readonly repository: string;
}

/** A page with its links rewritten, and a sentence for each link that leads nowhere. */
export interface Rewritten {
  readonly markdown: string;
  readonly problems: readonly string[];
}

/** The target of a link in Markdown, in a definition of a reference, and in HTML. */
const LINK = /(?<before>\]\(|^\[[^\]\n]+\]:\s+|\s(?:href|src)=")(?<target>[^)\s"]+)/gmu;

/** Rewrites the links of a file to addresses of the site, and those to other files to the repository. */
export function rewriteLinks(source: string, markdown: string, targets: LinkTargets): Rewritten {
  const problems: string[] = [];
  const rewritten = changeProse(markdown, (prose) =>
    prose.replaceAll(LINK, (whole, before: string, target: string) => {
      const address = addressOf(source, target, targets);
      if (address.problem !== undefined) {
        problems.push(`${source}: ${address.problem}`);
      }
      return address.to === undefined ? whole : `${before}${address.to}`;
    }),
  );
  return { markdown: rewritten, problems };
}

function addressOf(source: string, target: string, targets: LinkTargets): { to?: string; problem?: string } {
  const ofSite = target.startsWith(targets.homepage) ? target.slice(targets.homepage.length - 1) : target;
  if (/^[a-z][a-z+.-]*:/u.test(ofSite)) {
    return {};
  }
  const [path = '', anchor] = ofSite.split('#');
  const file = path.startsWith('/') ? targets.fileOf(path) : fileAt(source, path);
  if (file === undefined) {
    const where = 'site/pages.ts and site/reference.ts have the addresses';
    return { problem: `"${target}" is an address of this site without a page; ${where}` };
  }
  const page = targets.pageOf(file);
  const fragment = anchor === undefined ? '' : `#${anchor}`;
  if (page !== undefined) {
    const to = `${path === '' ? '' : page}${fragment}`;
    return anchor === undefined || targets.anchorsOf(file).has(anchor)
      ? { to }
      : { to, problem: `"${target}" has an anchor that ${file} has no heading for` };
  }
  const kind = targets.kindOf(file);
  return kind === undefined
    ? { problem: `"${target}" leads to no file; write the path from the folder of this page` }
    : { to: `${targets.repository}/${kind === 'folder' ? 'tree' : 'blob'}/main/${file}${fragment}` };
}

function fileAt(source: string, path: string): string {
  return path === '' ? source : posix.join(posix.dirname(source), decodeURI(path)).replace(/\/$/u, '');
}
