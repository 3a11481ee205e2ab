CREATE TABLE "webhook_attempts" (
	"webhook_id" text NOT NULL,
	"event_id" text NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"succeeded" boolean,
	"answer" text,
	CONSTRAINT "webhook_attempts_webhook_id_event_id_number_pk" PRIMARY KEY("webhook_id","event_id","number")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"webhook_id" text NOT NULL,
	"event_id" text NOT NULL,
	"application_id" text,
	"type" text NOT NULL,
	"data" jsonb NOT NULL,
	"occurred_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"next_attempt_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"first_attempt_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "webhook_deliveries_webhook_id_event_id_pk" PRIMARY KEY("webhook_id","event_id"),
	CONSTRAINT "webhook_deliveries_state" CHECK ("webhook_deliveries"."state" in ('pending', 'delivered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "webhook_secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"webhook_id" text NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"master_key_version" integer NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text PRIMARY KEY NOT NULL,
	"portal_id" text,
	"url" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"types" text[] DEFAULT '{}' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"paused_because" text,
	"last_delivered_at" timestamp (3) with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhooks_paused" CHECK ("webhooks"."enabled" = ("webhooks"."paused_because" is null)),
	CONSTRAINT "webhooks_pauses" CHECK ("webhooks"."paused_because" in ('by-hand', 'failing', 'gone'))
);
--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_webhook_id_event_id_webhook_deliveries_webhook_id_event_id_fk" FOREIGN KEY ("webhook_id","event_id") REFERENCES "public"."webhook_deliveries"("webhook_id","event_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_secrets" ADD CONSTRAINT "webhook_secrets_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_portal_id_people_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_log" ON "webhook_deliveries" USING btree ("webhook_id","occurred_at","event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("webhook_id","next_attempt_at") WHERE "webhook_deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_secrets_by_webhook" ON "webhook_secrets" USING btree ("webhook_id");--> statement-breakpoint
CREATE INDEX "webhooks_by_portal" ON "webhooks" USING btree ("portal_id");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks, webhook_secrets, webhook_deliveries, webhook_attempts TO keygrant_service;
--> statement-breakpoint
-- What happens to an application becomes one delivery for each endpoint that wants to know, in the transaction of the
-- change, whatever code makes it. Ids only: nothing personal, nothing secret.
CREATE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_deliveries (webhook_id, event_id, application_id, type, data)
  SELECT w.id, 'evt_' || substr(NEW.id, 5) || '_' || NEW.revision, NEW.id, 'application.' || NEW.state,
    jsonb_build_object(
      'applicationId', NEW.id, 'state', NEW.state, 'previousState', OLD.state, 'level', NEW.level,
      'held', NEW.held_by IS NOT NULL, 'revision', NEW.revision, 'clientId', NEW.client_id, 'portalId', NEW.portal_id,
      'keyId', (SELECT id FROM keys WHERE application_id = NEW.id))
  FROM webhooks w
  WHERE (w.portal_id IS NULL OR w.portal_id = NEW.portal_id)
    AND (cardinality(w.types) = 0 OR 'application.' || NEW.state = ANY (w.types))
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER applications_tell_webhooks AFTER UPDATE ON applications FOR EACH ROW
  WHEN (NEW.state <> 'draft' AND (OLD.state, OLD.level, OLD.held_by) IS DISTINCT FROM (NEW.state, NEW.level, NEW.held_by))
  EXECUTE FUNCTION tell_webhooks();
--> statement-breakpoint
-- Tells whoever listens, at the commit, in which row of the channel's subject something is new: the id in column TG_ARGV[1].
CREATE FUNCTION notify_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(TG_ARGV[0], to_jsonb(NEW) ->> TG_ARGV[1]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER webhook_deliveries_notify AFTER INSERT OR UPDATE OF state ON webhook_deliveries FOR EACH ROW
  WHEN (NEW.state = 'pending') EXECUTE FUNCTION notify_of_row('keygrant_webhooks', 'webhook_id');
--> statement-breakpoint
CREATE TRIGGER webhooks_notify AFTER UPDATE OF enabled ON webhooks FOR EACH ROW
  WHEN (NEW.enabled AND NOT OLD.enabled) EXECUTE FUNCTION notify_of_row('keygrant_webhooks', 'id');
--> statement-breakpoint
CREATE TRIGGER audit_notify AFTER INSERT ON audit FOR EACH ROW
  WHEN (NEW.subject_type = 'application') EXECUTE FUNCTION notify_of_row('keygrant_timelines', 'subject_id');
