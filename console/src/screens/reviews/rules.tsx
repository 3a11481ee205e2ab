import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { useDeliveryDelay } from '../../components/delay.ts';
import { Ago } from '../../components/time.tsx';
import styles from './decision.module.css';
import { useStandIns } from './stand-ins.tsx';
import type { Verdict } from './verdict-form.tsx';

type Application = Schemas['Application'];

const openOf = ({ levels }: Application) => levels.find(({ status }) => status === 'open');
const said = (level: Application['levels'][number], which: string) =>
  level.decisions.filter(({ act }) => act === which).length;

/** What the flow asks for at the open level. */
export function Rules({ application }: { application: Application }) {
  const t = useTranslations('reviews.decision.rules');
  const { person } = useSession();
  const { got } = useStandIns();
  const level = openOf(application);
  if (!level) return null;
  const { approvals, denials, commentRequired, reviewers } = level;
  const isReviewer =
    reviewers.people.includes(person.id) || reviewers.roles.some((role) => person.roles.includes(role));
  return (
    <div className={styles.rules}>
      <strong>
        {t('level', { level: level.level, levels: application.levels.length, name: level.name })}
      </strong>
      {approvals > 1 && <p>{t('approvals', { given: said(level, 'approve'), needed: approvals })}</p>}
      {denials > 1 && <p>{t('denials', { given: said(level, 'deny'), needed: denials })}</p>}
      {commentRequired && <p>{t('comment')}</p>}
      {application.dueAt && <p>{t.rich('due', { ago: () => <Ago at={application.dueAt ?? ''} /> })}</p>}
      {!isReviewer && got.length > 0 && (
        <p>{t('inPlaceOf', { names: got.map(({ delegator }) => delegator.name).join(', ') })}</p>
      )}
    </div>
  );
}

/** What each verdict would lead to, at the level that is open now. */
export function useMeanings(application: Application): Partial<Record<Verdict, string>> {
  const t = useTranslations('reviews.decision.means');
  const delay = useDeliveryDelay();
  const level = openOf(application);
  if (!level) return {};
  const { kind, applicant, levels } = application;
  const stillNeeded = level.approvals - said(level, 'approve') - 1;
  const next = levels.find((each) => each.level > level.level && each.status !== 'skipped');
  const lastDenial = said(level, 'deny') + 1 >= level.denials;
  return {
    approve:
      stillNeeded > 0
        ? t('approveMore', { count: stillNeeded })
        : next
          ? t('approveNext', { level: next.level, name: next.name })
          : t(`approveLast.${kind}`, { delay: delay ?? 'none' }),
    return: t('return', { applicant: applicant.name }),
    deny: lastDenial ? t('deny') : t('denyMore', { count: level.denials - said(level, 'deny') - 1 }),
  };
}
