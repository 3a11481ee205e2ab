import { useFormatter } from 'use-intl';
import { useSession } from '../api/session.tsx';

const units = [
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How long after its issue a secret is mailed, exactly and in words: "10 minutes"; undefined where that is at once. */
export function useDeliveryDelay(): string | undefined {
  const format = useFormatter();
  const seconds = useSession().service.deliveryDelaySeconds;
  if (seconds === 0) return undefined;
  const [unit, length] = units.find(([, each]) => seconds % each === 0) ?? ['second', 1];
  return format.number(seconds / length, { style: 'unit', unit, unitDisplay: 'long' });
}
