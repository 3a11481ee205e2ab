-- Tells every process that keeps what it has read (src/db/changes.ts), at the commit, what it must read again: `key:<public half>`,
-- `person:<id>`, or `all:` where a row concerns many keys. TG_ARGV[0] says which; TG_ARGV[1] the column that holds the id.
CREATE FUNCTION tell_of_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  name text := '';
BEGIN
  IF TG_ARGV[0] = 'key' THEN
    SELECT api_key INTO name FROM keys WHERE id = changed ->> TG_ARGV[1];
  ELSIF TG_ARGV[0] = 'person' THEN
    name := changed ->> TG_ARGV[1];
  END IF;
  PERFORM pg_notify('keygrant_changes', TG_ARGV[0] || ':' || coalesce(name, ''));
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A call that is counted changes nothing but that; one that is given back may be the last that there was.
CREATE TRIGGER keys_tell_of_change AFTER UPDATE ON keys FOR EACH ROW
  WHEN (NEW.used <= OLD.used OR NEW.quota <> OLD.quota OR NEW.revision <> OLD.revision) EXECUTE FUNCTION tell_of_change('key', 'id');
--> statement-breakpoint
CREATE TRIGGER key_apis_tell_of_change AFTER INSERT OR UPDATE OR DELETE ON key_apis FOR EACH ROW
  EXECUTE FUNCTION tell_of_change('key', 'key_id');
--> statement-breakpoint
CREATE TRIGGER clients_tell_of_change AFTER UPDATE ON clients FOR EACH ROW EXECUTE FUNCTION tell_of_change('all');
--> statement-breakpoint
CREATE TRIGGER apis_tell_of_change AFTER UPDATE OR DELETE ON apis FOR EACH ROW EXECUTE FUNCTION tell_of_change('all');
--> statement-breakpoint
CREATE TRIGGER people_tell_of_change AFTER INSERT OR UPDATE OR DELETE ON people FOR EACH ROW EXECUTE FUNCTION tell_of_change('person', 'id');
--> statement-breakpoint
-- When it was last used decides on no call.
CREATE TRIGGER former_secrets_tell_of_change
  AFTER INSERT OR DELETE OR UPDATE OF key_id, sealed_secret, master_key_version, ends_at ON former_secrets FOR EACH ROW
  EXECUTE FUNCTION tell_of_change('key', 'key_id');
