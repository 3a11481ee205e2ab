-- An event has one moment, whichever endpoint is told of it: the clock is read once, not for each row.
CREATE OR REPLACE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  occurred timestamptz := clock_timestamp();
BEGIN
  INSERT INTO webhook_deliveries (webhook_id, event_id, application_id, type, data, occurred_at, next_attempt_at)
  SELECT w.id, 'evt_' || substr(NEW.id, 5) || '_' || NEW.revision, NEW.id, 'application.' || NEW.state,
    jsonb_build_object(
      'applicationId', NEW.id, 'kind', NEW.kind, 'state', NEW.state, 'previousState', OLD.state, 'level', NEW.level,
      'held', NEW.held_by IS NOT NULL, 'revision', NEW.revision, 'clientId', NEW.client_id, 'portalId', NEW.portal_id,
      'keyId', coalesce(NEW.key_id, (SELECT id FROM keys WHERE application_id = NEW.id))),
    occurred, occurred
  FROM webhooks w
  WHERE (w.portal_id IS NULL OR w.portal_id = NEW.portal_id)
    AND (cardinality(w.types) = 0 OR 'application.' || NEW.state = ANY (w.types))
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION tell_webhooks_of_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  occurred timestamptz := clock_timestamp();
BEGIN
  INSERT INTO webhook_deliveries (webhook_id, event_id, application_id, type, data, occurred_at, next_attempt_at)
  SELECT w.id, 'evt_' || substr(k.id, 5) || '_' || NEW.seq, k.application_id, NEW.action,
    jsonb_build_object(
      'keyId', k.id, 'applicationId', k.application_id, 'clientId', k.client_id, 'portalId', a.portal_id,
      'suspended', k.suspended_at IS NOT NULL, 'revoked', k.revoked_at IS NOT NULL, 'expiresOn', k.expires_on,
      'revision', k.revision + k.life_revision),
    occurred, occurred
  FROM keys k JOIN applications a ON a.id = k.application_id, webhooks w
  WHERE k.id = NEW.subject_id AND (w.portal_id IS NULL OR w.portal_id = a.portal_id)
    AND (cardinality(w.types) = 0 OR NEW.action = ANY (w.types))
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
