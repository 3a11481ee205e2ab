CREATE TABLE "mail_templates" (
	"kind" text NOT NULL,
	"language" text NOT NULL,
	"version" integer NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_templates_kind_language_version_pk" PRIMARY KEY("kind","language","version")
);
--> statement-breakpoint
ALTER TABLE "mails" DROP CONSTRAINT "mails_occasion";--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "occurrence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_occasion" UNIQUE NULLS NOT DISTINCT("application_id","kind","round","level","occurrence","language");
--> statement-breakpoint
GRANT SELECT, INSERT ON mail_templates TO keygrant_service;
