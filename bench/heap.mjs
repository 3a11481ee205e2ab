import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

// Preloaded into a worker process and its threads: when asked `heap`, every thread collects its garbage and answers
// how much of its heap is in use. Workflows live in a thread of their own, so the main thread's heap tells little.
const questions = new BroadcastChannel('keygrant-bench-heap');
const answers = new BroadcastChannel('keygrant-bench-heap-answers');
/** Threads that have not answered by then are none of ours. */
const patienceMs = 3_000;

function used() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

// Channels between threads have no origin.
/* oxlint-disable unicorn/require-post-message-target-origin, unicorn/prefer-add-event-listener */
if (isMainThread) {
  process.on('message', (message) => {
    if (message !== 'heap') return;
    const heaps = new Map([[threadId, used()]]);
    answers.onmessage = ({ data }) => heaps.set(data.thread, data.bytes);
    questions.postMessage('collect');
    setTimeout(() => process.send?.([...heaps.values()]), patienceMs);
  });
} else {
  questions.onmessage = () => answers.postMessage({ thread: threadId, bytes: used() });
}
questions.unref();
answers.unref();
