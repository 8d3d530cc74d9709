/** Facts of the project that pages and links are made from. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Manifest {
  readonly description: string;
  readonly homepage: string;
  readonly repository: { readonly url: string };
}

/** The project's root, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/u, '');

/** Where the assembled pages are, for VitePress. */
export const PAGES_FOLDER = `${ROOT}/site/.pages`;

const manifest = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as Manifest;

/** The package in one sentence. */
export const DESCRIPTION = manifest.description;

/** The address of the site, with a slash at its end. */
export const HOMEPAGE = manifest.homepage.replace(/\/?$/u, '/');

/** The path of the site on its host: `/`, or `/clever-sdk/`. */
export const BASE = new URL(HOMEPAGE).pathname;

/** The address of the repository for people. */
export const REPOSITORY = manifest.repository.url.replace(/^git\+/u, '').replace(/\.git$/u, '');
