import type { Record } from './record.ts';

/**
 * What is wrong with the keys: each must be as the changes that were carried out on it say, one after the other, and each of
 * these must have been approved for the very revision of the key that it changed.
 */
export function judgeKeys({ keys, applications, sentBack }: Record): string[] {
  return keys.flatMap(({ id, applicationId, quota, revision, revoked }) => {
    const first = applications.find((one) => one.id === applicationId);
    const about = applications.filter(({ keyId }) => keyId === id);
    const carriedOut = about
      .filter(({ state }) => state === 'completed')
      .toSorted((a, b) => (a.keyRevision ?? 0) - (b.keyRevision ?? 0));
    const wrong: string[] = [];
    const seen = carriedOut.map(({ keyRevision }) => keyRevision).join();
    if (seen !== carriedOut.map((_, at) => at + 1).join())
      wrong.push(`changes were carried out that were approved for revisions ${seen}`);
    if (revision !== carriedOut.length + 1)
      wrong.push(`is revision ${revision} after ${carriedOut.length} changes`);
    const last = carriedOut.findLast(({ kind }) => kind === 'update') ?? first;
    if (quota !== last?.quota) wrong.push(`has a quota of ${quota}, and must have ${last?.quota}`);
    const end = carriedOut.findIndex(({ kind }) => kind === 'revoke');
    if (end >= 0 && end < carriedOut.length - 1) wrong.push('was changed after its end');
    if (revoked !== (end >= 0 || first?.state === 'recalled'))
      wrong.push(`is ${revoked ? '' : 'not '}revoked`);
    const overtaken = sentBack.some((back) => about.some((one) => one.id === back.applicationId));
    if (overtaken && carriedOut.length === 0) wrong.push('a change came back that nothing had overtaken');
    return wrong.map((what) => `key ${id} of ${applicationId}: ${what}`);
  });
}
