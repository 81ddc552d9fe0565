-- Whose jobs a key made: asked where a key goes with its guest.
CREATE INDEX job_key ON job (key_id);
