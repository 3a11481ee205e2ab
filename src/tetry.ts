import { startTemporal } from './stack/temporal.ts';
import { Client, Connection } from '@temporalio/client';
const f = process.argv[2]!;
for (const i of [1,2]) {
console.time('start');
const t = await startTemporal({binary:'/tmp/temporal-cli', port: 17233, uiPort: 18233, databaseFile: f, logFile: f+'.log', searchAttributes:{ApplicationStatus:'Keyword', Level:'Int'}});
console.timeEnd('start');
const connection = await Connection.connect({address: t.address});
const client = new Client({connection});
if (i===1) await client.workflow.start('nothing', {workflowId: 'w'+Date.now(), taskQueue: 'x', args: []});
console.time('list');
for await (const w of client.workflow.list()) console.log(w.workflowId, w.status.name);
console.timeEnd('list');
console.log((await connection.operatorService.listSearchAttributes({namespace:'default'})).customAttributes);
console.log((await connection.workflowService.describeNamespace({namespace:'default'})).config?.workflowExecutionRetentionTtl);
console.log(t.uiUrl, (await fetch(t.uiUrl!)).status);
await connection.close();
console.time('stop'); await t.stop(); console.timeEnd('stop');
}
