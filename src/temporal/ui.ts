import type { Config } from '../config.ts';

/** Where Temporal's UI shows something of our namespace; undefined where nobody has said where the UI is. */
export function uiAddress(
  { uiUrl, namespace }: Pick<Config['temporal'], 'uiUrl' | 'namespace'>,
  path: 'workflows' | `workflows/${string}`,
): URL | undefined {
  return uiUrl ? new URL(`/namespaces/${encodeURIComponent(namespace)}/${path}`, uiUrl) : undefined;
}
