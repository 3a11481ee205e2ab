-- What was submitted in each round is as personal as the application itself.
CREATE OR REPLACE FUNCTION erase_personal(type text, id text) RETURNS void
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
    UPDATE submissions SET
      digest = '',
      content = content || '{"keyName": null, "description": null}',
      key_before = key_before || '{"keyName": null}'
    FROM applications
    WHERE applications.id = $2 AND applications.erased_at IS NOT NULL AND submissions.application_id = $2
      AND submissions.submitted_at <= now() - interval '1 year';
  END IF;
END $$;
