import type { Language } from './languages.ts';

/**
 * Roles with a meaning of their own. Every other role is a reviewing role, named by the levels of a flow:
 * `api-owner`, `security`, whatever the organisation calls them.
 */
export const builtInRoles = {
  applicant: 'writes applications',
  admin: 'keeps clients, APIs, flows and people; sees everything, decides nothing by that role',
  auditor: 'sees everything, changes nothing',
  portal: 'a program that applies on behalf of named applicants',
  gateway: 'a program that asks whether signed calls may pass',
} as const;

/** A role's name: lower-case words joined by hyphens. */
export const rolePattern = '^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$';

/** Somebody (or, as a portal, some program) that Keygrant knows; `id` is the subject of their access tokens. */
export interface Person {
  id: string;
  name: string;
  email: string;
  roles: readonly string[];
  /** In which mails are written to them; the default where it is not known. */
  language?: Language | null;
  enabled: boolean;
}

export function isAdmin(person: Person): boolean {
  return person.roles.includes('admin');
}

/** Whether this person sees every application, key and audit row, not just their own. */
export function seesEverything(person: Person): boolean {
  return isAdmin(person) || person.roles.includes('auditor');
}

/** Whether this person, mostly a program, may have signed calls verified, which also counts them. */
export function mayVerify(person: Person): boolean {
  return isAdmin(person) || person.roles.includes('gateway');
}
