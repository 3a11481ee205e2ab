import { ClipboardCheck, FileText, FlaskConical, History, KeyRound, Settings2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSession } from '../api/session.tsx';

export interface Section {
  id: 'applications' | 'reviews' | 'history' | 'keys' | 'try' | 'setup';
  path: '/applications' | '/reviews' | '/history' | '/keys' | '/try' | '/setup';
  icon: ReactNode;
}

const sections: (Section & { roles?: readonly string[] })[] = [
  { id: 'applications', path: '/applications', icon: <FileText aria-hidden /> },
  { id: 'reviews', path: '/reviews', icon: <ClipboardCheck aria-hidden /> },
  { id: 'history', path: '/history', icon: <History aria-hidden /> },
  { id: 'keys', path: '/keys', icon: <KeyRound aria-hidden /> },
  { id: 'try', path: '/try', icon: <FlaskConical aria-hidden /> },
  { id: 'setup', path: '/setup', icon: <Settings2 aria-hidden />, roles: ['admin'] },
];

/** The sections that the person's roles make use of. */
export function useSections(): Section[] {
  const { person } = useSession();
  return sections.filter(({ roles }) => !roles || roles.some((role) => person.roles.includes(role)));
}
