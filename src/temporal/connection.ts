import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../config.ts';
import type { MasterKeys } from '../crypto/master-keys.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { type Codec, createCodec } from './codec.ts';
import { dataConverterOf } from './data-converter.ts';
import { signalsOnce } from './signals-once.ts';

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

/**
 * A client that connects when first used: the API starts, answers and says what is wrong while Temporal is down.
 * @param serving what people's requests need beside it
 */
export function openClient(
  settings: Settings,
  serving?: { tracing: Pick<Tracing, 'client'> | undefined; masterKeys: MasterKeys },
) {
  const { namespace } = settings;
  const connection = Connection.lazy({ ...optionsOf(settings), connectTimeout: 5_000 });
  const dataConverter = dataConverterOf(codecOf(settings));
  const interceptors = serving && [
    ...(serving.tracing ? [serving.tracing.client] : []),
    signalsOnce({ connection, namespace, dataConverter, masterKeys: serving.masterKeys }),
  ];
  return {
    client: new Client({
      connection,
      namespace,
      dataConverter,
      ...(interceptors && { interceptors: { workflow: interceptors } }),
    }),
    close: () => connection.close(),
  };
}

/** The worker's connection. */
export async function connectWorker(settings: Settings): Promise<NativeConnection> {
  return NativeConnection.connect(optionsOf(settings));
}
