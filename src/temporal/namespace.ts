import { type Client, isGrpcServiceError, type OperatorService } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { searchAttributes } from '../../workflows/search-attributes.ts';

/** gRPC's code for something that is there already (ALREADY_EXISTS). */
const alreadyExists: number = 6;

/**
 * Registers Keygrant's search attributes in the namespace; those that are there stay. An unknown one would stop every
 * workflow at its first upsert. Temporal Cloud does not let clients do this: there, create them by hand beforehand.
 */
export async function registerSearchAttributes(client: Client): Promise<void> {
  const { operatorService } = client.connection as typeof client.connection & {
    operatorService: OperatorService;
  };
  for (const { name, type } of searchAttributes) {
    const value = encodeSearchAttributeIndexedValueType(type);
    if (value === undefined) throw new Error(`Temporal knows no search attribute of type ${type}`);
    try {
      await operatorService.addSearchAttributes({
        namespace: client.options.namespace,
        searchAttributes: { [name]: value },
      });
    } catch (error) {
      const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
      if (code !== alreadyExists) throw error;
    }
  }
}
