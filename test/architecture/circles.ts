import type { SourceFacts } from './imports.js';

/**
 * Groups of files that import each other in a circle, whether at run time, dynamically or for types alone: the strongly
 * connected components of the import graph, by Tarjan's algorithm.
 */
export function circlesOf(sources: readonly SourceFacts[]): string[][] {
  const targets = new Map(sources.map(({ path, imports }) => [path, imports.map(({ target }) => target)]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (path: string): number => {
    const own = order.size;
    order.set(path, own);
    lowest.set(path, own);
    open.push(path);
    for (const target of targets.get(path) ?? []) {
      if (targets.has(target)) {
        const seen = order.get(target);
        const reached = seen === undefined ? visit(target) : open.includes(target) ? seen : own;
        lowest.set(path, Math.min(lowest.get(path) ?? own, reached));
      }
    }
    if (lowest.get(path) === own) {
      const circle = open.splice(open.indexOf(path));
      if (circle.length > 1) {
        circles.push(circle.sort());
      }
    }
    return lowest.get(path) ?? own;
  };
  for (const { path } of sources) {
    if (!order.has(path)) {
      visit(path);
    }
  }
  return circles;
}
