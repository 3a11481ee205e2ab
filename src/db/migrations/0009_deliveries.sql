CREATE TABLE "address_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"requested_by" text NOT NULL,
	"email" text NOT NULL,
	"comment" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"approved_by" text[] DEFAULT '{}' NOT NULL,
	"outcome" text,
	"mail_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "address_changes_state" CHECK ("address_changes"."state" in ('pending', 'approved', 'denied', 'mailed')),
	CONSTRAINT "address_changes_mail" CHECK (("address_changes"."mail_id" is not null) or "address_changes"."state" in ('pending', 'denied'))
);
--> statement-breakpoint
CREATE TABLE "reveal_links" (
	"mail_id" text PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"remind_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"reminded_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"ending" text,
	"revealed_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reveal_links_ending" CHECK ("reveal_links"."ending" in ('revealed', 'expired', 'superseded')),
	CONSTRAINT "reveal_links_ended" CHECK (("reveal_links"."ended_at" is null) = ("reveal_links"."ending" is null)),
	CONSTRAINT "reveal_links_revealed" CHECK (("reveal_links"."ending" = 'revealed') = ("reveal_links"."revealed_by" is not null))
);
--> statement-breakpoint
ALTER TABLE "mails" DROP CONSTRAINT "mails_kind";--> statement-breakpoint
ALTER TABLE "address_changes" ADD CONSTRAINT "address_changes_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_changes" ADD CONSTRAINT "address_changes_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_changes" ADD CONSTRAINT "address_changes_mail_id_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."mails"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reveal_links" ADD CONSTRAINT "reveal_links_mail_id_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."mails"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reveal_links" ADD CONSTRAINT "reveal_links_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reveal_links" ADD CONSTRAINT "reveal_links_revealed_by_people_id_fk" FOREIGN KEY ("revealed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "address_changes_open" ON "address_changes" USING btree ("application_id") WHERE "address_changes"."state" in ('pending', 'approved');--> statement-breakpoint
CREATE UNIQUE INDEX "reveal_links_open" ON "reveal_links" USING btree ("key_id") WHERE "reveal_links"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reveal_links_once" ON "reveal_links" USING btree ("key_id") WHERE "reveal_links"."ending" = 'revealed';--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_kind" CHECK ("mails"."kind" in ('review', 'reminder', 'escalation', 'rejection', 'lapse', 'return', 'recall', 'update', 'revocation', 'credentials', 'credentials-link', 'link-reminder', 'address-review', 'address-approved', 'address-denied'));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON reveal_links, address_changes TO keygrant_service;
