import { apiMethods, pathPattern } from './apis.ts';
import type { Violation } from './errors.ts';
import { slugPattern } from './ids.ts';
import type { Words } from './languages.ts';
import { isOneLine, lengthOf, limits } from './text.ts';

/** An operation of an OpenAPI document as the API registry would have it. */
export interface ImportedApi {
  /** Made of the operation's id, where it has one. */
  id: string;
  name: string;
  method: string;
  path: string;
  upstreamUrl: string;
}

/** More operations than this are no API that people choose from. */
export const mostOperations = 500;

type Node = Readonly<Record<string, unknown>>;

/**
 * The operations of an OpenAPI 3.x document, in its order, and what is wrong with it. The path is what callers ask the gateway for;
 * the address of a server, with its path, is what stands before it. A server of the operation counts before one of its path, and that
 * before one of the document.
 * @param upstreamUrl counts instead of the document's servers
 */
export function apisIn(
  document: unknown,
  upstreamUrl?: string,
): { title: string; apis: ImportedApi[]; faults: Violation[] } {
  const root = nodeOf(document);
  const faults: Violation[] = [];
  const apis: ImportedApi[] = [];
  const title = textOf(nodeOf(root['info'])['title']) ?? '';
  const fault = (message: Words) => void faults.push({ field: 'document', message });
  if (!/^3\.\d+\.\d+/.test(textOf(root['openapi']) ?? '')) {
    fault({
      en: 'It is no OpenAPI 3.x document: it must begin with openapi: 3.…',
      'zh-TW': '不是 OpenAPI 3.x 文件：必須以 openapi: 3.… 開頭。',
    });
    return { title, apis, faults };
  }
  for (const [path, item] of Object.entries(nodeOf(root['paths']))) {
    for (const [key, operation] of Object.entries(nodeOf(item))) {
      const method = apiMethods.find((each) => each !== '*' && each.toLowerCase() === key);
      if (method === undefined) continue;
      const upstream = upstreamUrl ?? serverOf(nodeOf(operation), nodeOf(item), root);
      const call = `${method} ${path}`;
      if (path.length > 500 || !new RegExp(pathPattern, 'u').test(path)) {
        fault({
          en: `${call}: its path must be such as /orders, /orders/{id} or /orders/*.`,
          'zh-TW': `${call}：路徑必須像 /orders、/orders/{id} 或 /orders/*。`,
        });
      } else if (upstream === undefined) {
        fault({
          en: `${call}: no server with an absolute address is named for it; give upstreamUrl.`,
          'zh-TW': `${call}：沒有指明絕對位址的伺服器；請提供 upstreamUrl。`,
        });
      } else {
        apis.push({ ...namesOf(nodeOf(operation), method, path), method, path, upstreamUrl: upstream });
      }
    }
  }
  if (apis.length > mostOperations) {
    fault({
      en: `It has ${apis.length} operations; at most ${mostOperations} can be imported at once.`,
      'zh-TW': `共有 ${apis.length} 個操作；一次最多匯入 ${mostOperations} 個。`,
    });
  }
  if (apis.length === 0 && faults.length === 0)
    fault({ en: 'It has no operations.', 'zh-TW': '沒有任何操作。' });
  return { title, apis, faults };
}

function namesOf(operation: Node, method: string, path: string): Pick<ImportedApi, 'id' | 'name'> {
  const operationId = textOf(operation['operationId']);
  const name = [operation['summary'], operationId].map(textOf).find((text) => text && isOneLine(text));
  const id = [operationId, `${method} ${path}`].map((text) => slugOf(text ?? '')).find((slug) => slug !== '');
  return { id: id ?? method.toLowerCase(), name: shortened(name ?? `${method} ${path}`) };
}

/** `listOrders`, `list_orders` and `Orders: list` as an id: `list-orders`, `orders-list`. */
function slugOf(text: string): string {
  const words = text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-');
  const slug = words.slice(0, 60).replaceAll(/^-+|-+$/g, '');
  return new RegExp(slugPattern, 'u').test(slug) ? slug : '';
}

function shortened(name: string): string {
  return lengthOf(name) <= limits.name
    ? name
    : `${Array.from(name)
        .slice(0, limits.name - 1)
        .join('')}…`;
}

/** The first server that counts, with the defaults of its variables; undefined where its address is not absolute. */
function serverOf(...holders: readonly Node[]): string | undefined {
  const servers = holders
    .map(({ servers: list }) => (Array.isArray(list) ? list : []))
    .find((list) => list.length > 0);
  const server = nodeOf(servers?.[0]);
  const variables = nodeOf(server['variables']);
  const url = (textOf(server['url']) ?? '').replaceAll(
    /\{([^{}]*)\}/g,
    (whole, name: string) => textOf(nodeOf(variables[name])['default']) ?? whole,
  );
  return /^https?:\/\/[^/?#@\s{}]+(?:\/[^?#\s{}]*)?$/.test(url) && url.length <= 1000 ? url : undefined;
}

function nodeOf(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
