import type { CertifyOptions } from '../options.js';
import type { Bounds } from '../visitor/bounds.js';
import { HttpVisitor } from '../visitor/http/http-visitor.js';
import type { Visitor } from '../visitor/visitor.js';

/** Makes the visitors of a run. */
export interface MakeVisitor {
  visitor(): Promise<Visitor>;
  close(): Promise<void>;
}

/** Starts the browser where one was asked for. */
export async function openVisitors({ browser, browserPath }: CertifyOptions, bounds: Bounds): Promise<MakeVisitor> {
  if (browser === undefined) {
    return { visitor: () => Promise.resolve(new HttpVisitor(bounds)), close: () => Promise.resolve() };
  }
  const { openChromium } = await import('../visitor/browser/chromium.js');
  return await openChromium(bounds, browserPath);
}
