// The entry file that Temporal's bundler needs: every workflow, and nothing else.
export { application } from './application.ts';
export { delivery } from './delivery.ts';
export { auditCheckpoint, callRecords, retention } from './housekeeping.ts';
export { key } from './key.ts';
export { webhook } from './webhook.ts';
