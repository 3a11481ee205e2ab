CREATE TABLE "audit_checkpoints" (
	"rows" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "applications" DROP CONSTRAINT "applications_complete";--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "format" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "personal" jsonb;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "salt" text;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "commitment" text;--> statement-breakpoint
CREATE INDEX "applications_submitted" ON "applications" USING btree ("submitted_at","id");--> statement-breakpoint
CREATE INDEX "applications_created" ON "applications" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_person" ON "decisions" USING btree ("person_id","application_id");--> statement-breakpoint
CREATE INDEX "decisions_by_application" ON "decisions" USING btree ("application_id");--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_complete" CHECK ("applications"."state" in ('draft', 'returned') or "applications"."erased_at" is not null or ("applications"."client_id" is not null and "applications"."key_name" is not null
        and "applications"."description" is not null and "applications"."effective_on" is not null and "applications"."expires_on" is not null
        and "applications"."quota" is not null and "applications"."digest" is not null and "applications"."flow_id" is not null
        and "applications"."expires_on" >= "applications"."effective_on"));--> statement-breakpoint
GRANT SELECT, INSERT ON audit_checkpoints TO keygrant_service;
--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
--> statement-breakpoint
DROP TRIGGER audit_append_only ON audit;
--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
--> statement-breakpoint
-- The one change that a row may see: what is personal in it goes, years later, and a later row of its subject says so.
CREATE FUNCTION audit_only_erases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.personal IS NULL OR NEW.personal IS NOT NULL OR NEW.salt IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['personal', 'salt'] <> to_jsonb(OLD) - ARRAY['personal', 'salt']
  THEN
    RAISE EXCEPTION 'audit rows are never changed or removed';
  END IF;
  IF OLD.at > now() - interval '1 year' OR NOT EXISTS (
    SELECT FROM audit told
    WHERE told.subject_type = OLD.subject_type AND told.subject_id = OLD.subject_id
      AND told.action = OLD.subject_type || '.erased' AND told.seq > OLD.seq)
  THEN
    RAISE EXCEPTION 'audit rows lose what is personal only after a year, and only where a later row tells of it';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_only_erased BEFORE UPDATE ON audit
  FOR EACH ROW EXECUTE FUNCTION audit_only_erases();
--> statement-breakpoint
-- The service's role may change neither audit rows nor decisions; this is what it may have done to them, as the owner:
-- erase what people wrote about a subject, up to the row that tells of the erasure.
CREATE FUNCTION erase_personal(type text, id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE audit SET personal = NULL, salt = NULL
  WHERE subject_type = $1 AND subject_id = $2 AND personal IS NOT NULL AND seq < (
    SELECT max(told.seq) FROM audit told
    WHERE told.subject_type = $1 AND told.subject_id = $2 AND told.action = $1 || '.erased');
  IF $1 = 'application' THEN
    UPDATE decisions SET comment = NULL
    FROM applications
    WHERE applications.id = $2 AND applications.erased_at IS NOT NULL AND decisions.application_id = $2
      AND decisions.comment IS NOT NULL AND decisions.created_at <= now() - interval '1 year';
  END IF;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION erase_personal(text, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION erase_personal(text, text) TO keygrant_service;
