-- The whole schema, as SQLite has it after every migration. Generated, to be read and not to be run; after a new migration:
-- COTMOC_UPDATE_SCHEMA=1 cargo test -p store --test ledger schema

CREATE TABLE account (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL CONSTRAINT account_name_taken UNIQUE,
  password_hash TEXT NOT NULL,
  one_time_until BIGINT,
  closed_at BIGINT
);

CREATE TABLE article (
  id BIGINT NOT NULL PRIMARY KEY,
  document BIGINT NOT NULL CONSTRAINT article_document_exists REFERENCES document (id),
  session BIGINT CONSTRAINT article_session_exists REFERENCES working_session (id),
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  standfirst TEXT NOT NULL,
  source TEXT,
  author TEXT,
  published_at BIGINT,
  published_by BIGINT CONSTRAINT article_publisher_exists REFERENCES account (id),
  revision BIGINT NOT NULL
);

CREATE INDEX article_document ON article (document);

CREATE INDEX article_published ON article (published_at);

CREATE TABLE attendance (
  id BIGINT NOT NULL PRIMARY KEY,
  session BIGINT NOT NULL CONSTRAINT attendance_session_exists REFERENCES working_session (id),
  person BIGINT NOT NULL CONSTRAINT attendance_person_exists REFERENCES person (id),
  positions TEXT NOT NULL,
  role TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  passage BIGINT NOT NULL CONSTRAINT attendance_passage_exists REFERENCES passage (id),
  CONSTRAINT attendance_once UNIQUE (session, person)
);

CREATE INDEX attendance_person ON attendance (person);

CREATE TABLE claim (
  id BIGINT NOT NULL PRIMARY KEY,
  document BIGINT NOT NULL CONSTRAINT claim_document_exists REFERENCES document (id),
  passage BIGINT NOT NULL CONSTRAINT claim_passage_exists REFERENCES passage (id),
  unit BIGINT CONSTRAINT claim_unit_exists REFERENCES unit (id),
  kind TEXT NOT NULL,
  measure TEXT NOT NULL,
  value BIGINT NOT NULL,
  value_scale BIGINT NOT NULL,
  whole BIGINT,
  whole_scale BIGINT NOT NULL,
  unit_of_measure TEXT NOT NULL,
  comparator TEXT NOT NULL,
  role TEXT NOT NULL,
  period_known BIGINT NOT NULL,
  period_from TEXT,
  period_to TEXT,
  threshold_pct BIGINT,
  resolution BIGINT CONSTRAINT claim_resolution_exists REFERENCES document (id),
  withdrawn_at BIGINT,
  withdrawn_by BIGINT CONSTRAINT claim_withdrawer_exists REFERENCES account (id)
);

CREATE INDEX claim_document ON claim (document);

CREATE INDEX claim_unit ON claim (unit);

CREATE TABLE conclusion (
  id BIGINT NOT NULL PRIMARY KEY,
  session BIGINT CONSTRAINT conclusion_session_exists REFERENCES working_session (id),
  document BIGINT NOT NULL CONSTRAINT conclusion_document_exists REFERENCES document (id),
  kind TEXT NOT NULL,
  "by" TEXT,
  quote TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  passage BIGINT NOT NULL CONSTRAINT conclusion_passage_exists REFERENCES passage (id),
  withdrawn_at BIGINT,
  withdrawn_by BIGINT CONSTRAINT conclusion_withdrawer_exists REFERENCES account (id)
);

CREATE INDEX conclusion_document ON conclusion (document);

CREATE INDEX conclusion_session ON conclusion (session);

CREATE TABLE correction (
  id BIGINT NOT NULL PRIMARY KEY,
  article BIGINT NOT NULL CONSTRAINT correction_article_exists REFERENCES article (id),
  was TEXT NOT NULL,
  is_now TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  "by" TEXT NOT NULL
);

CREATE INDEX correction_article ON correction (article);

CREATE TABLE document (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT,
  document_type TEXT,
  symbol TEXT,
  title TEXT,
  issued_on TEXT,
  issuer TEXT,
  source TEXT,
  byline TEXT,
  paper BIGINT CONSTRAINT document_paper_exists REFERENCES paper (id),
  unit BIGINT CONSTRAINT document_unit_exists REFERENCES unit (id),
  reprint BIGINT NOT NULL,
  published_at BIGINT,
  published_by BIGINT CONSTRAINT document_publisher_exists REFERENCES account (id),
  folded TEXT NOT NULL
);

CREATE INDEX document_folded ON document (folded);

CREATE INDEX document_published ON document (published_at);

CREATE INDEX document_unit ON document (unit);

CREATE TABLE draft (
  id BIGINT NOT NULL PRIMARY KEY,
  reading BIGINT NOT NULL CONSTRAINT draft_reading_exists REFERENCES reading (id),
  ordinal BIGINT NOT NULL,
  kind TEXT NOT NULL,
  confidence TEXT NOT NULL,
  content TEXT NOT NULL,
  corrected TEXT,
  state TEXT NOT NULL,
  decided_by TEXT,
  decided_at BIGINT, measured TEXT,
  CONSTRAINT draft_once UNIQUE (reading, ordinal)
);

CREATE TABLE extension (
  id BIGINT NOT NULL PRIMARY KEY,
  task BIGINT NOT NULL CONSTRAINT extension_task_exists REFERENCES task (id),
  from_due TEXT,
  to_due TEXT,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  "by" TEXT NOT NULL
);

CREATE INDEX extension_task ON extension (task);

CREATE TABLE frozen_board (
  id BIGINT NOT NULL PRIMARY KEY,
  session BIGINT NOT NULL CONSTRAINT frozen_board_session_exists REFERENCES working_session (id),
  unit BIGINT NOT NULL CONSTRAINT frozen_board_unit_exists REFERENCES unit (id),
  resolution BIGINT NOT NULL CONSTRAINT frozen_board_resolution_exists REFERENCES resolution (id),
  month TEXT NOT NULL,
  known_on TEXT NOT NULL,
  horizon BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  result TEXT NOT NULL,
  frozen_at BIGINT NOT NULL,
  frozen_by TEXT NOT NULL,
  withdrawn_at BIGINT,
  withdrawn_by BIGINT CONSTRAINT frozen_board_withdrawer_exists REFERENCES account (id)
);

CREATE INDEX frozen_board_session ON frozen_board (session);

CREATE TABLE indicator (
  id BIGINT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL CONSTRAINT indicator_code_taken UNIQUE,
  name TEXT NOT NULL,
  unit_of_measure TEXT NOT NULL,
  decimals BIGINT NOT NULL,
  direction TEXT NOT NULL,
  area_rule TEXT NOT NULL,
  period_rule TEXT NOT NULL,
  "group" BIGINT CONSTRAINT indicator_group_exists REFERENCES target_group (id),
  weight BIGINT NOT NULL,
  folded TEXT NOT NULL
);

CREATE TABLE journal (
  sequence BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE INDEX journal_subject ON journal (subject, sequence);

CREATE TABLE journal_head (
  one BIGINT NOT NULL PRIMARY KEY CONSTRAINT journal_head_one CHECK (one = 1),
  sequence BIGINT NOT NULL,
  hash TEXT NOT NULL,
  next_id BIGINT NOT NULL
);

CREATE TABLE load (
  id BIGINT NOT NULL PRIMARY KEY,
  folder TEXT NOT NULL,
  files TEXT NOT NULL,
  rows BIGINT NOT NULL,
  rows_sha256 TEXT NOT NULL,
  at BIGINT NOT NULL,
  "by" TEXT NOT NULL
);

CREATE TABLE login (
  token_hash TEXT NOT NULL PRIMARY KEY,
  account BIGINT NOT NULL CONSTRAINT login_account_exists REFERENCES account (id),
  form_token TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);

CREATE INDEX login_account ON login (account);

CREATE TABLE measurement (
  id BIGINT NOT NULL PRIMARY KEY,
  unit BIGINT NOT NULL,
  indicator BIGINT NOT NULL,
  period TEXT NOT NULL,
  known_on TEXT NOT NULL,
  value BIGINT,
  weight BIGINT,
  source TEXT,
  load BIGINT,
  line BIGINT,
  claim BIGINT,
  passage BIGINT,
  reason TEXT,
  entered_by TEXT,
  entered_at BIGINT
);

CREATE INDEX measurement_claim ON measurement (claim) WHERE claim IS NOT NULL;

CREATE TABLE migration (version BIGINT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL);

CREATE TABLE paper (
  id BIGINT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL CONSTRAINT paper_once UNIQUE,
  text TEXT NOT NULL
);

CREATE TABLE passage (
  id BIGINT NOT NULL PRIMARY KEY,
  document BIGINT NOT NULL CONSTRAINT passage_document_exists REFERENCES document (id),
  span_start BIGINT NOT NULL,
  span_end BIGINT NOT NULL,
  CONSTRAINT passage_is_a_stretch CHECK (0 <= span_start AND span_start <= span_end)
);

CREATE INDEX passage_document ON passage (document);

CREATE TABLE person (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  sort_key TEXT NOT NULL
, code TEXT);

CREATE INDEX person_folded ON person (folded);

CREATE TABLE photo (
  id BIGINT NOT NULL PRIMARY KEY,
  document BIGINT NOT NULL CONSTRAINT photo_document_exists REFERENCES document (id),
  file TEXT NOT NULL,
  caption TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  passage BIGINT NOT NULL CONSTRAINT photo_passage_exists REFERENCES passage (id)
);

CREATE INDEX photo_document ON photo (document);

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

CREATE UNIQUE INDEX picture_beside_caption ON picture (photo) WHERE withdrawn_at IS NULL AND photo IS NOT NULL;

CREATE INDEX picture_document ON picture (document);

CREATE UNIQUE INDEX picture_once ON picture (document, sha256) WHERE withdrawn_at IS NULL;

CREATE TABLE position (
  id BIGINT NOT NULL PRIMARY KEY,
  person BIGINT NOT NULL CONSTRAINT position_person_exists REFERENCES person (id),
  unit BIGINT CONSTRAINT position_unit_exists REFERENCES unit (id),
  title TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  held_from TEXT,
  held_to TEXT,
  attested_on TEXT,
  passage BIGINT CONSTRAINT position_passage_exists REFERENCES passage (id)
);

CREATE INDEX position_person ON position (person);

CREATE INDEX position_unit ON position (unit);

CREATE TABLE progress (
  id BIGINT NOT NULL PRIMARY KEY,
  task BIGINT NOT NULL CONSTRAINT progress_task_exists REFERENCES task (id),
  state TEXT NOT NULL,
  percent BIGINT CONSTRAINT progress_percent_in_range CHECK (percent BETWEEN 0 AND 100),
  note TEXT NOT NULL,
  at BIGINT NOT NULL,
  "by" TEXT NOT NULL
);

CREATE INDEX progress_task ON progress (task);

CREATE TABLE proposal (
  id BIGINT NOT NULL PRIMARY KEY,
  document BIGINT NOT NULL CONSTRAINT proposal_document_exists REFERENCES document (id),
  session BIGINT CONSTRAINT proposal_session_exists REFERENCES working_session (id),
  passage BIGINT NOT NULL CONSTRAINT proposal_passage_exists REFERENCES passage (id),
  text TEXT NOT NULL,
  "by" TEXT,
  by_unit BIGINT CONSTRAINT proposal_by_exists REFERENCES unit (id),
  "to" TEXT,
  to_unit BIGINT CONSTRAINT proposal_to_exists REFERENCES unit (id),
  state TEXT NOT NULL,
  advice_due TEXT,
  answer TEXT,
  revision BIGINT NOT NULL,
  withdrawn_at BIGINT,
  withdrawn_by BIGINT CONSTRAINT proposal_withdrawer_exists REFERENCES account (id)
);

CREATE INDEX proposal_document ON proposal (document);

CREATE INDEX proposal_session ON proposal (session);

CREATE TABLE proposal_change (
  id BIGINT NOT NULL PRIMARY KEY,
  proposal BIGINT NOT NULL CONSTRAINT proposal_change_proposal_exists REFERENCES proposal (id),
  ordinal BIGINT NOT NULL,
  measure TEXT NOT NULL,
  from_value TEXT NOT NULL,
  to_value TEXT NOT NULL,
  unit_of_measure TEXT NOT NULL
);

CREATE INDEX proposal_change_proposal ON proposal_change (proposal);

CREATE TABLE proposal_option (
  id BIGINT NOT NULL PRIMARY KEY,
  proposal BIGINT NOT NULL CONSTRAINT proposal_option_proposal_exists REFERENCES proposal (id),
  ordinal BIGINT NOT NULL,
  text TEXT NOT NULL
);

CREATE INDEX proposal_option_proposal ON proposal_option (proposal);

CREATE TABLE proposal_step (
  id BIGINT NOT NULL PRIMARY KEY,
  proposal BIGINT NOT NULL CONSTRAINT proposal_step_proposal_exists REFERENCES proposal (id),
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  "by" TEXT NOT NULL,
  body TEXT,
  note TEXT,
  passage BIGINT CONSTRAINT proposal_step_passage_exists REFERENCES passage (id)
);

CREATE INDEX proposal_step_proposal ON proposal_step (proposal);

CREATE TABLE reading (
  id BIGINT NOT NULL PRIMARY KEY,
  paper BIGINT NOT NULL CONSTRAINT reading_paper_exists REFERENCES paper (id),
  file_name TEXT,
  kind TEXT NOT NULL,
  headline TEXT,
  source TEXT,
  byline TEXT,
  published_on TEXT,
  about TEXT,
  about_parent TEXT,
  unit BIGINT CONSTRAINT reading_unit_exists REFERENCES unit (id),
  meeting TEXT NOT NULL,
  session BIGINT CONSTRAINT reading_session_exists REFERENCES working_session (id),
  held_on TEXT,
  state TEXT NOT NULL,
  document BIGINT CONSTRAINT reading_document_exists REFERENCES document (id),
  handed_in_by TEXT NOT NULL,
  handed_in_at BIGINT NOT NULL,
  form_key TEXT NOT NULL CONSTRAINT reading_form_key_once UNIQUE,
  revision BIGINT NOT NULL
);

CREATE INDEX reading_paper ON reading (paper);

CREATE INDEX reading_state ON reading (state, handed_in_at);

CREATE TABLE resolution (
  id BIGINT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL CONSTRAINT resolution_code_taken UNIQUE,
  name TEXT NOT NULL,
  symbol TEXT,
  issued_on TEXT,
  issued_by TEXT NOT NULL,
  issuer BIGINT CONSTRAINT resolution_issuer_exists REFERENCES unit (id),
  unit BIGINT CONSTRAINT resolution_unit_exists REFERENCES unit (id),
  valid_from TEXT,
  valid_to TEXT,
  group_rule TEXT NOT NULL,
  bands TEXT NOT NULL,
  from_baseline BIGINT NOT NULL,
  document BIGINT CONSTRAINT resolution_document_exists REFERENCES document (id)
);

CREATE TABLE role_grant (
  id BIGINT NOT NULL PRIMARY KEY,
  account BIGINT NOT NULL CONSTRAINT role_grant_account_exists REFERENCES account (id),
  role TEXT NOT NULL,
  unit BIGINT NOT NULL CONSTRAINT role_grant_unit_exists REFERENCES unit (id),
  ended_at BIGINT
);

CREATE INDEX role_grant_account ON role_grant (account);

CREATE TABLE session_document (
  id BIGINT NOT NULL PRIMARY KEY,
  session BIGINT NOT NULL CONSTRAINT session_document_session_exists REFERENCES working_session (id),
  document BIGINT NOT NULL CONSTRAINT session_document_document_exists REFERENCES document (id),
  CONSTRAINT session_document_once UNIQUE (session, document)
);

CREATE INDEX session_document_document ON session_document (document);

CREATE TABLE statement (
  id BIGINT NOT NULL PRIMARY KEY,
  session BIGINT CONSTRAINT statement_session_exists REFERENCES working_session (id),
  document BIGINT NOT NULL CONSTRAINT statement_document_exists REFERENCES document (id),
  person BIGINT CONSTRAINT statement_person_exists REFERENCES person (id),
  body TEXT,
  body_unit BIGINT CONSTRAINT statement_body_exists REFERENCES unit (id),
  kind TEXT NOT NULL,
  quote TEXT NOT NULL,
  photo BIGINT CONSTRAINT statement_photo_exists REFERENCES photo (id),
  ordinal BIGINT NOT NULL,
  passage BIGINT NOT NULL CONSTRAINT statement_passage_exists REFERENCES passage (id),
  CONSTRAINT statement_has_a_speaker CHECK (person IS NOT NULL OR body IS NOT NULL)
);

CREATE INDEX statement_session ON statement (session);

CREATE TABLE succession (
  id BIGINT NOT NULL PRIMARY KEY,
  from_unit BIGINT NOT NULL CONSTRAINT succession_from_exists REFERENCES unit (id),
  to_unit BIGINT NOT NULL CONSTRAINT succession_to_exists REFERENCES unit (id),
  on_day TEXT NOT NULL,
  act TEXT NOT NULL,
  share_millionths BIGINT,
  CONSTRAINT succession_once UNIQUE (from_unit, to_unit, on_day)
);

CREATE TABLE target (
  id BIGINT NOT NULL PRIMARY KEY,
  unit BIGINT NOT NULL,
  indicator BIGINT NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  assigned_by TEXT NOT NULL,
  assigner BIGINT,
  value BIGINT,
  value_to BIGINT,
  baseline BIGINT,
  baseline_on TEXT,
  known_on TEXT,
  load BIGINT,
  line BIGINT
);

CREATE TABLE target_group (
  id BIGINT NOT NULL PRIMARY KEY,
  resolution BIGINT CONSTRAINT target_group_resolution_exists REFERENCES resolution (id),
  resolution_code TEXT NOT NULL,
  code TEXT NOT NULL CONSTRAINT target_group_code_taken UNIQUE,
  name TEXT NOT NULL,
  weight BIGINT NOT NULL
);

CREATE TABLE task (
  id BIGINT NOT NULL PRIMARY KEY,
  document BIGINT NOT NULL CONSTRAINT task_document_exists REFERENCES document (id),
  session BIGINT CONSTRAINT task_session_exists REFERENCES working_session (id),
  passage BIGINT NOT NULL CONSTRAINT task_passage_exists REFERENCES passage (id),
  text TEXT NOT NULL,
  assigned_by TEXT,
  assigned_on TEXT,
  unit BIGINT CONSTRAINT task_unit_exists REFERENCES unit (id),
  due TEXT,
  product TEXT,
  binding BIGINT NOT NULL,
  commitment BIGINT NOT NULL,
  proposal BIGINT CONSTRAINT task_proposal_exists REFERENCES proposal (id),
  state TEXT NOT NULL,
  closed_on TEXT,
  revision BIGINT NOT NULL,
  withdrawn_at BIGINT,
  withdrawn_by BIGINT CONSTRAINT task_withdrawer_exists REFERENCES account (id)
);

CREATE INDEX task_document ON task (document);

CREATE INDEX task_due ON task (due);

CREATE INDEX task_session ON task (session);

CREATE INDEX task_unit ON task (unit);

CREATE TABLE task_body (
  id BIGINT NOT NULL PRIMARY KEY,
  task BIGINT NOT NULL CONSTRAINT task_body_task_exists REFERENCES task (id),
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  unit BIGINT CONSTRAINT task_body_unit_exists REFERENCES unit (id),
  ordinal BIGINT NOT NULL,
  ended_at BIGINT
);

CREATE INDEX task_body_task ON task_body (task);

CREATE INDEX task_body_unit ON task_body (unit);

CREATE TABLE unit (
  id BIGINT NOT NULL PRIMARY KEY,
  code TEXT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  class TEXT NOT NULL,
  parent BIGINT CONSTRAINT unit_parent_exists REFERENCES unit (id),
  valid_from TEXT,
  valid_to TEXT,
  folded TEXT NOT NULL,
  sort_key TEXT NOT NULL
, parent_code TEXT);

CREATE INDEX unit_code ON unit (code);

CREATE INDEX unit_folded ON unit (folded);

CREATE INDEX unit_parent ON unit (parent);

CREATE TABLE visit_day (
  day TEXT NOT NULL PRIMARY KEY,
  visits BIGINT NOT NULL
);

CREATE TABLE working_session (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  unit BIGINT CONSTRAINT session_unit_exists REFERENCES unit (id),
  title TEXT NOT NULL,
  held_on TEXT
);

CREATE INDEX working_session_unit ON working_session (unit);
