import { randomUUID } from 'node:crypto';
import { newId } from '../../src/crypto/ids.ts';
import { signText } from '../../src/crypto/master-keys.ts';
import {
  type Decision,
  decisionPurpose,
  decisionText,
  type SignedDecision,
} from '../../src/domain/decision.ts';
import type { Keygrant } from './keygrant.ts';

/** A decision as the API would sign it: Ben's approval, unless changed. */
export function signed(
  { config }: Pick<Keygrant, 'config'>,
  change: Partial<Decision> & Pick<Decision, 'applicationId' | 'digest'>,
): SignedDecision {
  const decision: Decision = {
    id: newId('decision'),
    personId: 'ben',
    via: null,
    level: 1,
    act: 'approve',
    comment: '',
    requestId: randomUUID(),
    ...change,
  };
  return { ...decision, signature: signText(config.masterKeys, decisionPurpose, decisionText(decision)) };
}
