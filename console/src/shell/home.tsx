import { Navigate } from '@tanstack/react-router';
import { useSession } from '../api/session.tsx';

/** Leads each person to what they most likely come for: reviewers to what waits for them, auditors to the history. */
export function Home() {
  const { roles } = useSession().person;
  return <Navigate to={homeOf(roles)} replace />;
}

function homeOf(roles: readonly string[]) {
  if (roles.includes('applicant') || roles.includes('admin')) return '/applications';
  // Flows may ask for any role, whatever its name.
  if (roles.some((role) => role !== 'auditor')) return '/reviews';
  return roles.includes('auditor') ? '/history' : '/applications';
}
