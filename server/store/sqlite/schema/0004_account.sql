-- What became of the source's objects, as JSON; nothing of files that were made before.
ALTER TABLE job_file ADD COLUMN account TEXT;
