import { startPostgres } from './stack/postgres.ts'; import { startTemporal } from './stack/temporal.ts'; import { startMailbox } from './stack/mailbox.ts'; import { startIdentity } from './stack/identity.ts'; import { requireFreePorts } from './stack/ports.ts';
import { findTimeSkippingServer } from './stack/time-skipping-server.ts'; import { findTemporal } from './stack/temporal-binary.ts';
const f = '/root/kg/all'; const t0 = Date.now(); const opt = {path: process.env.PATH!, cacheFolder: '/root/.cache/keygrant', say: console.log};
await requireFreePorts([17433,17434,17435,17436,17437,17438].map((port,i)=>({port, setting:'P'+i})));
const binary = await findTemporal(opt); await findTimeSkippingServer(opt);
const t1 = Date.now();
const all = await Promise.all([startPostgres({dataFolder: f+'/postgres', port: 17433, logFile: f+'/logs/pg.log'}), startTemporal({binary, port:17434, uiPort:17435, databaseFile: f+'/t.db', logFile: f+'/logs/t.log'}), startMailbox({smtpPort:17436, webPort:17437, folder:f+'/mail'}), startIdentity({port:17438, people:[], portals:[], audience:'keygrant', redirectUris:['http://127.0.0.1:3000/x'], folder:f+'/identity'})]);
console.log('up', t1-t0, Date.now()-t1);
process.on('SIGINT', async () => { const t=Date.now(); await Promise.all(all.map(s=>s.stop())); console.log('stopped', Date.now()-t); });
