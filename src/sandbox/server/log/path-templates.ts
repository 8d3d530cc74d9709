/** What stands for a part of a path that may be anything, hence somebody's id or a token. */
const UNKNOWN = '{unknown}';
const VERSION = /^v\d{1,2}(?:\.\d{1,2})?$/u;

interface Node {
  readonly segments: Map<string, Node>;
  /** The placeholder that any segment may stand in for: `{id}`. */
  placeholder: { readonly name: string; readonly node: Node } | undefined;
  isPath: boolean;
}

const makeNode = (): Node => ({ segments: new Map(), placeholder: undefined, isPath: false });

/** Names paths without what is particular about them. */
export class PathTemplates {
  readonly #root = makeNode();
  /** Every segment that some route is spelled with: these tell of nobody. */
  readonly #words = new Set<string>(['']);

  /** @param routes - Paths with `:name` for what may be anything. Those with `*` are no paths of their own. */
  constructor(routes: Iterable<string>) {
    for (const route of routes) {
      if (!route.includes('*')) {
        this.#add(route.split('/'));
      }
    }
  }

  /** The template of a path: `/v3.1/users/{id}`; parts that are no part of any route become `{unknown}`. */
  of(path: string): string {
    const segments = path.split('/');
    return (
      find(this.#root, segments)?.join('/') ??
      segments.map((part) => (this.#words.has(part) || VERSION.test(part) ? part : UNKNOWN)).join('/')
    );
  }

  #add(segments: readonly string[]): void {
    let node = this.#root;
    for (const segment of segments) {
      if (segment.startsWith(':')) {
        node.placeholder ??= { name: `{${segment.slice(1)}}`, node: makeNode() };
        node = node.placeholder.node;
      } else {
        this.#words.add(segment);
        const next = node.segments.get(segment) ?? makeNode();
        node.segments.set(segment, next);
        node = next;
      }
    }
    node.isPath = true;
  }
}

function find(node: Node, [segment, ...rest]: readonly string[]): string[] | undefined {
  if (segment === undefined) {
    return node.isPath ? [] : undefined;
  }
  const exact = node.segments.get(segment);
  const found = exact === undefined ? undefined : find(exact, rest);
  if (found !== undefined) {
    return [segment, ...found];
  }
  const { placeholder } = node;
  const behind = placeholder === undefined ? undefined : find(placeholder.node, rest);
  return placeholder === undefined || behind === undefined ? undefined : [placeholder.name, ...behind];
}
