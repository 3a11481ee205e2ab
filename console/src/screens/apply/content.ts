import type { Schemas } from '../../api/client.ts';

export type Application = Schemas['Application'];
export type Key = Schemas['Key'];
export type Kind = Application['kind'];

/** What an applicant writes, as it is on the page: text as it was typed, null for what is not chosen yet. */
export interface Content {
  clientId: string | null;
  keyName: string | null;
  description: string | null;
  effectiveOn: string | null;
  expiresOn: string | null;
  quota: number | null;
  apiIds: string[];
}
export type Field = keyof Content;

/** In the order of the form. */
const fields = [
  'clientId',
  'keyName',
  'description',
  'effectiveOn',
  'expiresOn',
  'quota',
  'apiIds',
] as const satisfies Field[];

/** What can be written, by what is asked for: a key keeps its client and its name, and is revoked as it is. */
export const fieldsOf: Record<Kind, readonly Field[]> = {
  apply: fields,
  update: ['effectiveOn', 'expiresOn', 'quota', 'apiIds', 'description'],
  revoke: ['description'],
};

/** A form in which nothing is written yet. */
export const nothing: Content = {
  clientId: null,
  keyName: null,
  description: null,
  effectiveOn: null,
  expiresOn: null,
  quota: null,
  apiIds: [],
};

/** What the server has of an application. */
export function contentOf({ client, apis, ...view }: Application): Content {
  const { keyName, description, effectiveOn, expiresOn, quota } = view;
  return {
    clientId: client?.id ?? null,
    keyName,
    description,
    effectiveOn,
    expiresOn,
    quota,
    apiIds: apis.map(({ id }) => id),
  };
}

/** What a draft about a key begins with. */
export function contentOfKey({ client, name, effectiveOn, expiresOn, quota, apis }: Key): Content {
  const apiIds = apis.map(({ id }) => id);
  return { clientId: client.id, keyName: name, description: null, effectiveOn, expiresOn, quota, apiIds };
}

/** As it is sent: what holds nothing but white space is not there. */
function tidy<T>(value: T): T | null {
  return typeof value === 'string' && value.trim() === '' ? null : value;
}

/** Whether nothing is in it. */
export function isEmpty(value: Content[Field]): boolean {
  return Array.isArray(value) ? value.length === 0 : tidy(value) === null;
}

/** Whether two values are the same to the server; the order of APIs says nothing. */
export function isSame(one: Content[Field], other: Content[Field]): boolean {
  const textOf = (value: Content[Field]) =>
    JSON.stringify(Array.isArray(value) ? value.toSorted() : tidy(value));
  return textOf(one) === textOf(other);
}

/** The fields in which two contents differ. */
export function differing(before: Content, after: Content): Field[] {
  return fields.filter((field) => !isSame(before[field], after[field]));
}

/** Some fields of a content, as they are sent. */
export function pick(content: Content, wanted: readonly Field[]): Partial<Content> {
  return Object.fromEntries(wanted.map((field) => [field, tidy(content[field])]));
}

/** The length of a text as the API counts it: an emoji is one character. */
export function lengthOf(text: string | null): number {
  return Array.from(text ?? '').length;
}

/** How long texts may be. */
export const longest: Partial<Record<Field, number>> = { keyName: 255, description: 500 };
