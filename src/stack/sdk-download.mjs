// Makes Temporal's SDK download one of its servers into a folder, start it once, and stop it again.
// A process of its own, because the SDK's runtime is set up once per process and cannot be told to give up.
// argv: "dev-server" or "time-skipping", and the folder. Says why on stderr, and ends with 1, when it does not work.
import testing from '@temporalio/testing';

const [kind, downloadDir] = process.argv.slice(2);
const create = kind === 'dev-server' ? 'createLocal' : 'createTimeSkipping';
try {
  const environment = await testing.TestWorkflowEnvironment[create]({
    server: { executable: { type: 'cached-download', downloadDir } },
  });
  await environment.teardown();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
