/** The routes in React Router's own server, as the build of app/routes.ts gives them to it. */
import { createServer } from 'node:http';
import { toNodeHandler } from 'clever-sdk';
import { createRequestHandler, type ServerBuild } from 'react-router';
import * as clever from './app/routes/clever.ts';
import * as cleverCallback from './app/routes/clever-callback.ts';
import * as home from './app/routes/home.ts';

const build = {
  entry: { module: { default: () => new Response('No page has components.', { status: 500 }) } },
  routes: {
    home: { id: 'home', index: true, module: home },
    clever: { id: 'clever', path: 'auth/clever', module: clever },
    cleverCallback: { id: 'cleverCallback', path: 'auth/clever/callback', module: cleverCallback },
  },
  assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
  assetsBuildDirectory: '',
  publicPath: '/',
  basename: '/',
  future: {},
  ssr: true,
  isSpaMode: false,
  prerender: [],
  routeDiscovery: { mode: 'initial', manifestPath: '' },
} as unknown as ServerBuild;

const handler = createRequestHandler(build, 'production');
createServer(toNodeHandler((request) => handler(request))).listen(Number(process.env['PORT'] ?? 3000));
