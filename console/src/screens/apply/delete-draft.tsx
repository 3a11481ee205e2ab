import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { rest } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { tell } from '../../components/toasts.ts';
import type { Application } from './content.ts';
import type { DraftKeeper } from './keep-draft.ts';

/** Deletes a draft that was never submitted. */
export function DeleteDraft({ view: { id }, keeper }: { view: Application; keeper: DraftKeeper }) {
  const t = useTranslations('apply.remove');
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = async () => {
    await keeper.save(true);
    const revision = keeper.state().view?.revision;
    await rest.DELETE('/v1/applications/{id}', {
      params: { path: { id }, header: { 'if-match': `"${revision}"` } },
    });
    keeper.forget();
    tell(t('done'));
    await navigate({ to: '/applications' });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/applications'] });
  };
  return (
    <>
      <Button variant="quiet" icon={<Trash2 aria-hidden />} onPress={() => setOpen(true)}>
        {t('action')}
      </Button>
      <Confirm
        title={t('title')}
        action={t('action')}
        danger
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={remove}
      >
        <p>{t('words')}</p>
      </Confirm>
    </>
  );
}
