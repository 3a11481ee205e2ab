-- What the running service may do. It connects as a member of keygrant_service, never as the owner: audit rows,
-- keys, decisions and mail attempts cannot be deleted by it, and audit rows not even be changed.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'keygrant_service') THEN
    CREATE ROLE keygrant_service NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this cluster was migrated at the same moment; roles belong to the cluster
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO keygrant_service;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON people, clients, apis, mails, mail_attempts TO keygrant_service;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON applications, application_apis TO keygrant_service;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON keys, key_apis TO keygrant_service;
--> statement-breakpoint
GRANT SELECT, INSERT ON flows, flow_levels, decisions, audit TO keygrant_service;
--> statement-breakpoint
-- The owner can still drop the trigger, but not change a row by mistake.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit rows are never changed or removed';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
