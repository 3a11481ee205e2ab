-- Applications are of several kinds now; those for a key that is there already name it themselves.
CREATE OR REPLACE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_deliveries (webhook_id, event_id, application_id, type, data)
  SELECT w.id, 'evt_' || substr(NEW.id, 5) || '_' || NEW.revision, NEW.id, 'application.' || NEW.state,
    jsonb_build_object(
      'applicationId', NEW.id, 'kind', NEW.kind, 'state', NEW.state, 'previousState', OLD.state, 'level', NEW.level,
      'held', NEW.held_by IS NOT NULL, 'revision', NEW.revision, 'clientId', NEW.client_id, 'portalId', NEW.portal_id,
      'keyId', coalesce(NEW.key_id, (SELECT id FROM keys WHERE application_id = NEW.id)))
  FROM webhooks w
  WHERE (w.portal_id IS NULL OR w.portal_id = NEW.portal_id)
    AND (cardinality(w.types) = 0 OR 'application.' || NEW.state = ANY (w.types))
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
