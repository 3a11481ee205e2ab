/** The task queue of deliveries to webhooks, beside that of everything else: slow receivers hold up nobody else. */
export function webhookQueueOf(taskQueue: string): string {
  return `${taskQueue}-webhooks`;
}
