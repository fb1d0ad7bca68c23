-- Pictures that people put beside the captions of papers. Their bytes are files, named by the hash of what was sent.

CREATE TABLE picture (
  id BIGINT NOT NULL PRIMARY KEY,
  document BIGINT NOT NULL CONSTRAINT picture_document_exists REFERENCES document (id),
  photo BIGINT CONSTRAINT picture_photo_exists REFERENCES photo (id),
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  widths TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  withdrawn_at BIGINT,
  withdrawn_by BIGINT CONSTRAINT picture_withdrawer_exists REFERENCES account (id),
  withdrawn_why TEXT
);
CREATE INDEX picture_document ON picture (document);
-- One picture stands beside a caption, and a paper has the same bytes once.
CREATE UNIQUE INDEX picture_beside_caption ON picture (photo) WHERE withdrawn_at IS NULL AND photo IS NOT NULL;
CREATE UNIQUE INDEX picture_once ON picture (document, sha256) WHERE withdrawn_at IS NULL;
