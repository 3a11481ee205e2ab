import { type Ref, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Choice, TextField } from '../../components/fields.tsx';

export type Verdict = 'approve' | 'return' | 'deny';
const verdicts = ['approve', 'return', 'deny'] as const;

/** Why a decision cannot be sent as it is; undefined where it can. */
export function lackOf(
  verdict: Verdict | null,
  comment: string,
  approvalNeedsComment: boolean,
): 'verdict' | 'comment' | undefined {
  if (verdict === null) return 'verdict';
  const isNeeded = verdict !== 'approve' || approvalNeedsComment;
  return isNeeded && comment.trim() === '' ? 'comment' : undefined;
}

/**
 * What is decided, and why: for one application or several.
 * @param meanings what each verdict leads to
 * @param isChecked whether what is missing is told; not before somebody has tried to send it
 */
export function VerdictForm({
  verdict,
  onVerdict,
  comment,
  onComment,
  approvalNeedsComment,
  meanings,
  isChecked,
  isDisabled,
  ref,
}: {
  verdict: Verdict | null;
  onVerdict: (verdict: Verdict) => void;
  comment: string;
  onComment: (comment: string) => void;
  approvalNeedsComment: boolean;
  meanings: Partial<Record<Verdict, string>>;
  isChecked: boolean;
  isDisabled: boolean;
  /** Around both, so that a page can lead the focus there. */
  ref?: Ref<HTMLDivElement>;
}) {
  const t = useTranslations('reviews.decision');
  const own = useRef<HTMLDivElement>(null);
  const lack = isChecked ? lackOf(verdict, comment, approvalNeedsComment) : undefined;
  const isNeeded = verdict !== null && (verdict !== 'approve' || approvalNeedsComment);
  return (
    <div ref={ref ?? own} style={{ display: 'grid', gap: 'var(--s4)' }}>
      <Choice
        label={t('verdict')}
        value={verdict}
        onChange={onVerdict}
        isDisabled={isDisabled}
        error={lack === 'verdict' ? t('chooseFirst') : undefined}
        options={verdicts.map((id) => ({
          id,
          name: t(`verdicts.${id}`),
          ...(meanings[id] && { hint: meanings[id] }),
        }))}
      />
      <TextField
        label={t('comment')}
        multiline
        value={comment}
        onChange={onComment}
        isDisabled={isDisabled}
        maxLength={2_000}
        isRequired={isNeeded}
        optional={verdict !== null && !isNeeded}
        hint={
          verdict === null || isNeeded
            ? verdict === 'approve' || (verdict === null && approvalNeedsComment)
              ? t('commentRequiredByFlow')
              : t('commentRequired')
            : t('commentOptional')
        }
        error={lack === 'comment' ? t('commentMissing') : undefined}
      />
    </div>
  );
}
