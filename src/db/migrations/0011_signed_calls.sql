CREATE TABLE "key_uses" (
	"key_id" text NOT NULL,
	"scheme" text NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "key_uses_key_id_scheme_pk" PRIMARY KEY("key_id","scheme")
);
--> statement-breakpoint
CREATE TABLE "refused_calls" (
	"hour" timestamp (3) with time zone NOT NULL,
	"key_id" text,
	"cause" text NOT NULL,
	"calls" bigint NOT NULL,
	CONSTRAINT "refused_calls_once" UNIQUE NULLS NOT DISTINCT("hour","key_id","cause"),
	CONSTRAINT "refused_calls_some" CHECK ("refused_calls"."calls" > 0)
);
--> statement-breakpoint
CREATE TABLE "signature_nonces" (
	"key_id" text NOT NULL,
	"nonce" text NOT NULL,
	"kept_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signature_nonces_key_id_nonce_pk" PRIMARY KEY("key_id","nonce")
);
--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "dgrk_until" date;--> statement-breakpoint
ALTER TABLE "key_uses" ADD CONSTRAINT "key_uses_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refused_calls" ADD CONSTRAINT "refused_calls_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signature_nonces_kept_until" ON "signature_nonces" USING btree ("kept_until");--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON signature_nonces TO keygrant_service;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON key_uses TO keygrant_service;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON refused_calls TO keygrant_service;
