import { application } from './application.ts';
import { applications } from './applications.ts';
import { apply } from './apply.ts';
import { common } from './common.ts';
import { content } from './content.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { mails } from './mails.ts';
import { reveal } from './reveal.ts';
import { reviews } from './reviews.ts';
import type { setup } from './setup.ts';
import { shell } from './shell.ts';
import { states } from './states.ts';
import type { tryIt } from './try.ts';

/** English that is there from the first moment: one file for each screen, beside what all share. */
export const first = {
  application,
  applications,
  apply,
  common,
  content,
  history,
  keys,
  mails,
  reveal,
  reviews,
  shell,
  states,
} as const;

/** All of it; what `first` lacks comes with its screen, by `ScreenWords`. */
export type English = typeof first & { readonly setup: typeof setup; readonly tryIt: typeof tryIt };
