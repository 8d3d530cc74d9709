/** Replaces a segment of a path that no route has, because it may be the id of a person or a token. */
const UNKNOWN = '{unknown}';
const VERSION = /^v\d{1,2}(?:\.\d{1,2})?$/u;

interface Node {
  readonly segments: Map<string, Node>;
  /** The placeholder that matches every segment: `{id}`. */
  placeholder: { readonly name: string; readonly node: Node } | undefined;
  isPath: boolean;
}

const makeNode = (): Node => ({ segments: new Map(), placeholder: undefined, isPath: false });

/** Turns paths into their templates, so that no id appears in them. */
export class PathTemplates {
  readonly #root = makeNode();
  /** Every fixed segment of every route: these identify no person. */
  readonly #words = new Set<string>(['']);

  /** @param routes - Paths with `:name` for segments that vary. Patterns with `*` are skipped: they are not paths. */
  constructor(routes: Iterable<string>) {
    for (const route of routes) {
      if (!route.includes('*')) {
        this.#add(route.split('/'));
      }
    }
  }

  /** The template of a path: `/v3.1/users/{id}`; segments that no route has become `{unknown}`. */
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
  const below = placeholder === undefined ? undefined : find(placeholder.node, rest);
  return placeholder === undefined || below === undefined ? undefined : [placeholder.name, ...below];
}
