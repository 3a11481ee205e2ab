import type { Client } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { searchAttributes } from '../../workflows/search-attributes.ts';

/**
 * Registers Keygrant's search attributes in the namespace where they are missing; an unknown one would stop every
 * workflow at its first upsert. Temporal Cloud does not let clients do this: there, create them by hand beforehand.
 */
export async function registerSearchAttributes(client: Client): Promise<void> {
  const { operatorService } = client.connection as typeof client.connection & {
    operatorService: import('@temporalio/client').OperatorService;
  };
  const { namespace } = client.options;
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = searchAttributes.filter(({ name }) => !(name in (customAttributes ?? {})));
  if (missing.length === 0) return;
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(
      missing.map(({ name, type }) => [name, encodeSearchAttributeIndexedValueType(type)]),
    ) as Record<string, number>,
  });
}
