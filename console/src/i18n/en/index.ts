import { applications } from './applications.ts';
import { common } from './common.ts';
import { content } from './content.ts';
import { shell } from './shell.ts';
import { states } from './states.ts';

/** English: one file for each screen, beside what all share. */
export const en = { common, states, shell, content, applications } as const;
