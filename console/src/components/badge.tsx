import {
  Ban,
  Check,
  CircleAlert,
  CircleDashed,
  Clock,
  Mail,
  PauseCircle,
  PenLine,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../api/client.ts';
import styles from './badge.module.css';

export type Tone = 'neutral' | 'good' | 'wait' | 'bad' | 'info';

/** A word about a thing, on a colour; the word and the icon tell it without the colour, too. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={[styles.badge, styles[tone]].join(' ')}>
      {icon}
      {children}
    </span>
  );
}

type ApplicationState = Schemas['ApplicationSummary']['state'];

const applicationLooks: Record<ApplicationState, { tone: Tone; icon: ReactNode }> = {
  draft: { tone: 'neutral', icon: <PenLine aria-hidden /> },
  pending: { tone: 'wait', icon: <Clock aria-hidden /> },
  approved: { tone: 'info', icon: <Check aria-hidden /> },
  issued: { tone: 'info', icon: <Mail aria-hidden /> },
  delivered: { tone: 'good', icon: <Check aria-hidden /> },
  completed: { tone: 'good', icon: <Check aria-hidden /> },
  returned: { tone: 'wait', icon: <Undo2 aria-hidden /> },
  rejected: { tone: 'bad', icon: <Ban aria-hidden /> },
  withdrawn: { tone: 'neutral', icon: <Undo2 aria-hidden /> },
  lapsed: { tone: 'neutral', icon: <CircleDashed aria-hidden /> },
  recalled: { tone: 'bad', icon: <Ban aria-hidden /> },
};

/** The state of an application; `held` says that its mail is kept back. */
export function ApplicationBadge({ state, held = false }: { state: ApplicationState; held?: boolean }) {
  const t = useTranslations('states.application');
  if (held) {
    return (
      <Badge tone="wait" icon={<PauseCircle aria-hidden />}>
        {t('held')}
      </Badge>
    );
  }
  return <Badge {...applicationLooks[state]}>{t(state)}</Badge>;
}

type KeyState = 'not-yet-effective' | 'effective' | 'expired' | 'suspended' | 'revoked';

const keyLooks: Record<KeyState, { tone: Tone; icon: ReactNode }> = {
  'not-yet-effective': { tone: 'info', icon: <Clock aria-hidden /> },
  effective: { tone: 'good', icon: <Check aria-hidden /> },
  expired: { tone: 'neutral', icon: <CircleDashed aria-hidden /> },
  suspended: { tone: 'wait', icon: <CircleAlert aria-hidden /> },
  revoked: { tone: 'bad', icon: <Ban aria-hidden /> },
};

/** The state of a key. */
export function KeyBadge({ state }: { state: KeyState }) {
  const t = useTranslations('states.key');
  return <Badge {...keyLooks[state]}>{t(state)}</Badge>;
}
