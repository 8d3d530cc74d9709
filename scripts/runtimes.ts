/**
 * The other runtimes that users of the package have: each with the package of its binary, and the binary's
 * path in it.
 */
export const RUNTIMES = {
  bun: { package: '@oven/bun-linux-x64@1.4.5', binary: '@oven/bun-linux-x64/bin/bun' },
  deno: { package: '@deno/linux-x64-glibc@2.9.6', binary: '@deno/linux-x64-glibc/deno' },
  workerd: { package: '@cloudflare/workerd-linux-64@1.20261117.1', binary: '@cloudflare/workerd-linux-64/bin/workerd' },
} as const;
/**
 * The registry has one package per platform for each binary: here the one for the platform on which changes
 * are checked.
 */
export const HAS_RUNTIMES = process.platform === 'linux' && process.arch === 'x64';
