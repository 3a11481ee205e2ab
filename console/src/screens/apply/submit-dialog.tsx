import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { rest, type Schemas } from '../../api/client.ts';
import { changedMeanwhile } from '../../api/problem.ts';
import { ApplicationFacts } from '../../components/application-facts.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { tell } from '../../components/toasts.ts';
import type { Application } from './content.ts';
import styles from './form.module.css';
import type { DraftKeeper } from './keep-draft.ts';
import { useWhom } from './preview.tsx';
import { detail } from './routes.ts';

/** Shows exactly what would go out, and whom it goes to; submits the revision that is shown and no other. */
export function SubmitDialog({
  view,
  preview,
  keeper,
  isOpen,
  onClose,
}: {
  view: Application;
  preview: Schemas['Preview'] | undefined;
  keeper: DraftKeeper;
  isOpen: boolean;
  onClose: () => void;
}) {
  const t = useTranslations('apply.submit');
  const words = useTranslations('common');
  const whom = useWhom();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, revision } = view;

  const submit = async () => {
    try {
      await rest.POST('/v1/applications/{id}/submission', {
        params: { path: { id }, header: { 'if-match': `"${revision}"` } },
      });
    } catch (error) {
      if (changedMeanwhile(error)) void keeper.refresh();
      throw error;
    }
    keeper.forget();
    tell(t('done'));
    await queries.invalidateQueries();
    await navigate({ to: detail, params: { id } });
  };
  return (
    <Confirm title={t('title')} action={t('action')} isOpen={isOpen} onClose={onClose} onConfirm={submit}>
      <p>{t('words')}</p>
      <div className={styles.facts}>
        <ApplicationFacts application={view} />
      </div>
      {preview && (
        <div>
          <h3>{t('asked')}</h3>
          <ol>
            {preview.levels
              .filter(({ skipped }) => skipped === null)
              .map((level) => (
                <li key={level.level}>
                  {words('level', { level: String(level.level) })}, {level.name}: {whom(level)}
                </li>
              ))}
          </ol>
          {preview.trouble && <Notice tone="wait">{preview.trouble}</Notice>}
        </div>
      )}
    </Confirm>
  );
}
