import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../config.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { type Codec, createCodec } from './codec.ts';
import { dataConverterOf } from './data-converter.ts';

type Settings = Config['temporal'];

/** Address and credentials, for the client's and the worker's connection alike; `undefined` members are left out. */
function optionsOf({ address, tls, apiKey, metadata }: Settings) {
  return Object.fromEntries(
    Object.entries({ address, tls, apiKey, metadata }).filter(([, value]) => value !== undefined),
  );
}

/** The codec of the settings. */
export function codecOf({ codecKeys, encrypting }: Settings): Codec {
  return createCodec(codecKeys, { encrypting });
}

/** A client that connects when first used: the API starts, answers and says what is wrong while Temporal is down. */
export function openClient(settings: Settings, tracing?: Pick<Tracing, 'client'>) {
  const connection = Connection.lazy({ ...optionsOf(settings), connectTimeout: 5_000 });
  return {
    client: new Client({
      connection,
      namespace: settings.namespace,
      dataConverter: dataConverterOf(codecOf(settings)),
      ...(tracing ? { interceptors: { workflow: [tracing.client] } } : {}),
    }),
    close: () => connection.close(),
  };
}

/** The worker's connection. */
export async function connectWorker(settings: Settings): Promise<NativeConnection> {
  return NativeConnection.connect(optionsOf(settings));
}
