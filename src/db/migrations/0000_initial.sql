CREATE TABLE "apis" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"upstream_url" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "apis_method_path" UNIQUE("method","path"),
	CONSTRAINT "apis_method" CHECK ("apis"."method" in ('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', '*'))
);
--> statement-breakpoint
CREATE TABLE "application_apis" (
	"application_id" text NOT NULL,
	"api_id" text NOT NULL,
	CONSTRAINT "application_apis_application_id_api_id_pk" PRIMARY KEY("application_id","api_id")
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" text PRIMARY KEY NOT NULL,
	"applicant_id" text NOT NULL,
	"portal_id" text,
	"client_id" text,
	"key_name" text,
	"description" text,
	"effective_on" date,
	"expires_on" date,
	"quota" integer,
	"state" text DEFAULT 'draft' NOT NULL,
	"state_since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"round" integer DEFAULT 0 NOT NULL,
	"digest" text,
	"flow_id" text,
	"flow_version" integer,
	"level" integer,
	"level_since" timestamp (3) with time zone,
	"workflow_run" text,
	"submitted_at" timestamp (3) with time zone,
	"delivery_due_at" timestamp (3) with time zone,
	"held_by" text,
	"refusal" jsonb,
	"idempotency_key" text,
	"idempotency_fingerprint" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "applications_idempotency" UNIQUE("applicant_id","idempotency_key"),
	CONSTRAINT "applications_state" CHECK ("applications"."state" in ('draft', 'pending', 'approved', 'issued', 'returned', 'delivered', 'rejected', 'withdrawn', 'lapsed', 'recalled')),
	CONSTRAINT "applications_quota" CHECK ("applications"."quota" = -1 or "applications"."quota" > 0),
	CONSTRAINT "applications_held" CHECK ("applications"."held_by" is null or "applications"."state" = 'issued'),
	CONSTRAINT "applications_level" CHECK (("applications"."state" = 'pending') = ("applications"."level" is not null)),
	CONSTRAINT "applications_complete" CHECK ("applications"."state" in ('draft', 'returned') or ("applications"."client_id" is not null and "applications"."key_name" is not null
        and "applications"."description" is not null and "applications"."effective_on" is not null and "applications"."expires_on" is not null
        and "applications"."quota" is not null and "applications"."digest" is not null and "applications"."flow_id" is not null
        and "applications"."expires_on" >= "applications"."effective_on"))
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"actor" text NOT NULL,
	"via" text,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"request_id" text,
	"details" jsonb NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"emails" text[] NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "clients_name" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"signal" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"outcome" text NOT NULL,
	"decision_id" text,
	"person_id" text,
	"round" integer,
	"level" integer,
	"act" text,
	"comment" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flow_levels" (
	"flow_id" text NOT NULL,
	"flow_version" integer NOT NULL,
	"level" integer NOT NULL,
	"name" text NOT NULL,
	"people" text[] NOT NULL,
	"roles" text[] NOT NULL,
	"approvals" integer DEFAULT 1 NOT NULL,
	"remind_after_hours" integer,
	"lapse_after_hours" integer,
	CONSTRAINT "flow_levels_flow_id_flow_version_level_pk" PRIMARY KEY("flow_id","flow_version","level"),
	CONSTRAINT "flow_levels_approvals" CHECK ("flow_levels"."approvals" > 0),
	CONSTRAINT "flow_levels_hours" CHECK ("flow_levels"."remind_after_hours" > 0 and "flow_levels"."lapse_after_hours" > 0),
	CONSTRAINT "flow_levels_somebody" CHECK (cardinality("flow_levels"."people") + cardinality("flow_levels"."roles") > 0)
);
--> statement-breakpoint
CREATE TABLE "flows" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "flows_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "key_apis" (
	"key_id" text NOT NULL,
	"api_id" text NOT NULL,
	CONSTRAINT "key_apis_key_id_api_id_pk" PRIMARY KEY("key_id","api_id")
);
--> statement-breakpoint
CREATE TABLE "keys" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"api_key" text NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"master_key_version" integer NOT NULL,
	"effective_on" date NOT NULL,
	"expires_on" date NOT NULL,
	"quota" integer NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "keys_application" UNIQUE("application_id"),
	CONSTRAINT "keys_api_key" UNIQUE("api_key"),
	CONSTRAINT "keys_quota" CHECK ("keys"."quota" = -1 or "keys"."quota" > 0),
	CONSTRAINT "keys_used" CHECK ("keys"."used" >= 0 and ("keys"."quota" = -1 or "keys"."used" <= "keys"."quota"))
);
--> statement-breakpoint
CREATE TABLE "mail_attempts" (
	"mail_id" text NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"succeeded" boolean,
	"answer" text,
	CONSTRAINT "mail_attempts_mail_id_number_pk" PRIMARY KEY("mail_id","number")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"kind" text NOT NULL,
	"round" integer NOT NULL,
	"level" integer DEFAULT 0 NOT NULL,
	"recipients" text[] NOT NULL,
	"accepted" text[] DEFAULT '{}' NOT NULL,
	"message_id" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mails_occasion" UNIQUE("application_id","kind","round","level"),
	CONSTRAINT "mails_message_id" UNIQUE("message_id"),
	CONSTRAINT "mails_kind" CHECK ("mails"."kind" in ('review', 'reminder', 'rejection', 'lapse', 'return', 'recall', 'credentials')),
	CONSTRAINT "mails_state" CHECK ("mails"."state" in ('queued', 'sending', 'sent', 'superseded'))
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"roles" text[] DEFAULT '{}' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "application_apis" ADD CONSTRAINT "application_apis_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_apis" ADD CONSTRAINT "application_apis_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_applicant_id_people_id_fk" FOREIGN KEY ("applicant_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_portal_id_people_id_fk" FOREIGN KEY ("portal_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_held_by_people_id_fk" FOREIGN KEY ("held_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_flow_id_flow_version_flows_id_version_fk" FOREIGN KEY ("flow_id","flow_version") REFERENCES "public"."flows"("id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_levels" ADD CONSTRAINT "flow_levels_flow_id_flow_version_flows_id_version_fk" FOREIGN KEY ("flow_id","flow_version") REFERENCES "public"."flows"("id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_apis" ADD CONSTRAINT "key_apis_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_apis" ADD CONSTRAINT "key_apis_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_attempts" ADD CONSTRAINT "mail_attempts_mail_id_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."mails"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "applications_by_applicant" ON "applications" USING btree ("applicant_id","created_at");--> statement-breakpoint
CREATE INDEX "applications_pending" ON "applications" USING btree ("flow_id","flow_version","level") WHERE "applications"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "audit_by_subject" ON "audit" USING btree ("subject_type","subject_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_once_a_person" ON "decisions" USING btree ("application_id","round","person_id") WHERE "decisions"."outcome" = 'recorded' and "decisions"."level" is not null;--> statement-breakpoint
CREATE INDEX "decisions_by_id" ON "decisions" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "keys_by_client" ON "keys" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "people_roles" ON "people" USING gin ("roles");