CREATE TABLE "key_calls" (
	"key_id" text NOT NULL,
	"day" date NOT NULL,
	"passed" bigint NOT NULL,
	"refused" bigint NOT NULL,
	CONSTRAINT "key_calls_key_id_day_pk" PRIMARY KEY("key_id","day")
);
--> statement-breakpoint
CREATE TABLE "former_secrets" (
	"key_id" text PRIMARY KEY NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"master_key_version" integer NOT NULL,
	"rotated_at" timestamp (3) with time zone NOT NULL,
	"grace_ms" bigint,
	"unused_days" integer,
	"handed_over" boolean DEFAULT false NOT NULL,
	"grace_since" timestamp (3) with time zone,
	"ends_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "former_secrets_grace" CHECK (("former_secrets"."grace_ms" is null) <> ("former_secrets"."unused_days" is null)),
	CONSTRAINT "former_secrets_since" CHECK ("former_secrets"."grace_since" is null or "former_secrets"."handed_over")
);
--> statement-breakpoint
CREATE TABLE "key_acts" (
	"signal" text PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"outcome" text NOT NULL,
	"act_id" text,
	"person_id" text,
	"act" text,
	"comment" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_warnings" (
	"key_id" text NOT NULL,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"threshold" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"told" boolean NOT NULL,
	CONSTRAINT "key_warnings_key_id_kind_about_threshold_pk" PRIMARY KEY("key_id","kind","about","threshold")
);
--> statement-breakpoint
ALTER TABLE "mails" DROP CONSTRAINT "mails_kind";--> statement-breakpoint
DROP INDEX "reveal_links_once";--> statement-breakpoint
ALTER TABLE "reveal_links" ADD COLUMN "secret_number" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "suspended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "suspended_by" text;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "suspended_for" text;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "suspension_comment" text;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "secret_number" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "life_revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "expiry_set_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "expired_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "attention" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "key_calls" ADD CONSTRAINT "key_calls_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_secrets" ADD CONSTRAINT "former_secrets_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_acts" ADD CONSTRAINT "key_acts_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_acts" ADD CONSTRAINT "key_acts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_warnings" ADD CONSTRAINT "key_warnings_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_calls_by_day" ON "key_calls" USING btree ("day");--> statement-breakpoint
CREATE INDEX "key_acts_by_key" ON "key_acts" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "key_acts_by_id" ON "key_acts" USING btree ("act_id");--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_suspended_by_people_id_fk" FOREIGN KEY ("suspended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_by_key" ON "audit" USING btree (("details" ->> 'key'),"seq") WHERE "audit"."details" ->> 'key' is not null;--> statement-breakpoint
CREATE INDEX "keys_attention" ON "keys" USING btree ("id") WHERE "keys"."attention";--> statement-breakpoint
CREATE INDEX "keys_living" ON "keys" USING btree ("id") WHERE "keys"."revoked_at" is null and "keys"."expired_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reveal_links_once" ON "reveal_links" USING btree ("key_id","secret_number") WHERE "reveal_links"."ending" = 'revealed';--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_suspended" CHECK (("keys"."suspended_at" is null) = ("keys"."suspended_for" is null));--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_suspended_by" CHECK (("keys"."suspended_at" is null) = ("keys"."suspended_by" is null));--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_suspended_for" CHECK ("keys"."suspended_for" in ('request', 'leak'));--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_ended" CHECK ("keys"."revoked_at" is null or "keys"."suspended_at" is null);--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_kind" CHECK ("mails"."kind" in ('review', 'reminder', 'escalation', 'rejection', 'lapse', 'return', 'recall', 'update', 'revocation', 'credentials', 'credentials-link', 'link-reminder', 'address-review', 'address-approved', 'address-denied', 'rotation', 'rotation-link', 'expiry-reminder', 'quota-warning', 'suspension', 'resumption', 'leak', 'leak-report', 'revoked-at-once'));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON key_acts TO keygrant_service;
--> statement-breakpoint
GRANT SELECT, INSERT ON key_warnings TO keygrant_service;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON former_secrets, key_calls TO keygrant_service;
--> statement-breakpoint
-- At the commit, whoever listens starts or wakes the workflow of a key that has changed.
CREATE TRIGGER keys_notify_insert AFTER INSERT ON keys FOR EACH ROW
  WHEN (NEW.attention) EXECUTE FUNCTION notify_of_row('keygrant_keys', 'id');
--> statement-breakpoint
CREATE TRIGGER keys_notify AFTER UPDATE OF attention ON keys FOR EACH ROW
  WHEN (NEW.attention) EXECUTE FUNCTION notify_of_row('keygrant_keys', 'id');
--> statement-breakpoint
-- What happens to a key is told by the row of the audit trail that every change of it writes, in the same transaction.
CREATE FUNCTION tell_webhooks_of_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_deliveries (webhook_id, event_id, application_id, type, data)
  SELECT w.id, 'evt_' || substr(k.id, 5) || '_' || NEW.seq, k.application_id, NEW.action,
    jsonb_build_object(
      'keyId', k.id, 'applicationId', k.application_id, 'clientId', k.client_id, 'portalId', a.portal_id,
      'suspended', k.suspended_at IS NOT NULL, 'revoked', k.revoked_at IS NOT NULL, 'expiresOn', k.expires_on,
      'revision', k.revision + k.life_revision)
  FROM keys k JOIN applications a ON a.id = k.application_id, webhooks w
  WHERE k.id = NEW.subject_id AND (w.portal_id IS NULL OR w.portal_id = a.portal_id)
    AND (cardinality(w.types) = 0 OR NEW.action = ANY (w.types))
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_tell_webhooks AFTER INSERT ON audit FOR EACH ROW
  WHEN (NEW.subject_type = 'key' AND NEW.action IN ('key.expiring', 'key.quota-warned', 'key.rotated', 'key.rotation-ended',
    'key.suspended', 'key.resumed', 'key.leak-reported', 'key.reissued', 'key.revoked', 'key.expired'))
  EXECUTE FUNCTION tell_webhooks_of_key();
