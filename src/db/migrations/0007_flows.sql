CREATE TABLE "submissions" (
	"application_id" text NOT NULL,
	"round" integer NOT NULL,
	"digest" text NOT NULL,
	"content" jsonb NOT NULL,
	"key_before" jsonb,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "submissions_application_id_round_pk" PRIMARY KEY("application_id","round")
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"id" text PRIMARY KEY NOT NULL,
	"delegator_id" text NOT NULL,
	"deputy_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"reason" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delegations_period" CHECK ("delegations"."ends_at" >= "delegations"."starts_at"),
	CONSTRAINT "delegations_other" CHECK ("delegations"."deputy_id" <> "delegations"."delegator_id")
);
--> statement-breakpoint
ALTER TABLE "applications" DROP CONSTRAINT "applications_state";--> statement-breakpoint
ALTER TABLE "flow_levels" DROP CONSTRAINT "flow_levels_approvals";--> statement-breakpoint
ALTER TABLE "flow_levels" DROP CONSTRAINT "flow_levels_hours";--> statement-breakpoint
ALTER TABLE "mails" DROP CONSTRAINT "mails_kind";--> statement-breakpoint
DROP INDEX "decisions_once_a_person";--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "kind" text DEFAULT 'apply' NOT NULL;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "key_id" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "key_revision" integer;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "escalated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "delegator_id" text;--> statement-breakpoint
ALTER TABLE "flow_levels" ADD COLUMN "denials" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "flow_levels" ADD COLUMN "comment_required" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "flow_levels" ADD COLUMN "escalate_after_hours" integer;--> statement-breakpoint
ALTER TABLE "flow_levels" ADD COLUMN "escalate_people" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "flow_levels" ADD COLUMN "escalate_roles" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "flow_levels" ADD COLUMN "deny_after_hours" integer;--> statement-breakpoint
ALTER TABLE "flow_levels" ADD COLUMN "skip_when" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "flows" ADD COLUMN "priority" integer DEFAULT 100 NOT NULL;--> statement-breakpoint
ALTER TABLE "flows" ADD COLUMN "applies_to" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "flows" ADD COLUMN "repeated_reviewers" text DEFAULT 'excluded' NOT NULL;--> statement-breakpoint
ALTER TABLE "flows" ADD COLUMN "stoppable_by" text[] DEFAULT '{"applicant","reviewer","admin"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_delegator_id_people_id_fk" FOREIGN KEY ("delegator_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_deputy_id_people_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delegations_by_deputy" ON "delegations" USING btree ("deputy_id","ends_at");--> statement-breakpoint
CREATE INDEX "delegations_by_delegator" ON "delegations" USING btree ("delegator_id","ends_at");--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_delegator_id_people_id_fk" FOREIGN KEY ("delegator_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "applications_by_key" ON "applications" USING btree ("key_id") WHERE "applications"."key_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_once_a_voice" ON "decisions" USING btree ("application_id","round","level",coalesce("delegator_id", "person_id")) WHERE "decisions"."outcome" = 'recorded' and "decisions"."level" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_once_a_person" ON "decisions" USING btree ("application_id","round","level","person_id") WHERE "decisions"."outcome" = 'recorded' and "decisions"."level" is not null;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_kind" CHECK ("applications"."kind" in ('apply', 'update', 'revoke'));--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_key" CHECK (("applications"."kind" = 'apply') = ("applications"."key_id" is null));--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_escalated" CHECK ("applications"."escalated_at" is null or "applications"."level" is not null);--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_state" CHECK ("applications"."state" in ('draft', 'pending', 'approved', 'issued', 'returned', 'delivered', 'completed', 'rejected', 'withdrawn', 'lapsed', 'recalled'));--> statement-breakpoint
ALTER TABLE "flow_levels" ADD CONSTRAINT "flow_levels_end" CHECK ("flow_levels"."lapse_after_hours" is null or "flow_levels"."deny_after_hours" is null);--> statement-breakpoint
ALTER TABLE "flow_levels" ADD CONSTRAINT "flow_levels_escalation" CHECK (("flow_levels"."escalate_after_hours" is null) = (cardinality("flow_levels"."escalate_people") + cardinality("flow_levels"."escalate_roles") = 0));--> statement-breakpoint
ALTER TABLE "flow_levels" ADD CONSTRAINT "flow_levels_approvals" CHECK ("flow_levels"."approvals" > 0 and "flow_levels"."denials" > 0);--> statement-breakpoint
ALTER TABLE "flow_levels" ADD CONSTRAINT "flow_levels_hours" CHECK ("flow_levels"."remind_after_hours" > 0 and "flow_levels"."escalate_after_hours" > 0 and "flow_levels"."lapse_after_hours" > 0 and "flow_levels"."deny_after_hours" > 0);--> statement-breakpoint
ALTER TABLE "flows" ADD CONSTRAINT "flows_repeated_reviewers" CHECK ("flows"."repeated_reviewers" in ('excluded', 'asked', 'counted'));--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_kind" CHECK ("mails"."kind" in ('review', 'reminder', 'escalation', 'rejection', 'lapse', 'return', 'recall', 'update', 'revocation', 'credentials'));--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id");--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON submissions TO keygrant_service;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON delegations TO keygrant_service;--> statement-breakpoint
-- An update gives a key other APIs.
GRANT DELETE ON key_apis TO keygrant_service;
