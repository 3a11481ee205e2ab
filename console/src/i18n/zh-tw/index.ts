import type { Messages } from '../messages.ts';
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
import { setup } from './setup.ts';
import { shell } from './shell.ts';
import { states } from './states.ts';
import { tryIt } from './try.ts';

/** Traditional Chinese, as digiRunner's users in Taiwan say it. */
export const zhTw: Messages = {
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
  setup,
  shell,
  states,
  tryIt,
};
