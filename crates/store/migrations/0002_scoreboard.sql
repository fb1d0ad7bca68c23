-- Numbers and what they are held against: resolutions, groups of targets, indicators, targets, measurements, loads, frozen boards.

-- The code of the unit above as it was given: codes recur, so on each day the unit above is the one that bears it then.
ALTER TABLE unit ADD COLUMN parent_code TEXT;
-- The code of a person in the files of a load: two people may have one name.
ALTER TABLE person ADD COLUMN code TEXT;

-- What an accepted figure is a measurement of: indicator/unit/period.
ALTER TABLE draft ADD COLUMN measured TEXT;

CREATE TABLE load (
  id BIGINT NOT NULL PRIMARY KEY,
  folder TEXT NOT NULL,
  files TEXT NOT NULL,
  rows BIGINT NOT NULL,
  rows_sha256 TEXT NOT NULL,
  at BIGINT NOT NULL,
  "by" TEXT NOT NULL
);

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

-- "group" is a reserved word.
CREATE TABLE target_group (
  id BIGINT NOT NULL PRIMARY KEY,
  resolution BIGINT CONSTRAINT target_group_resolution_exists REFERENCES resolution (id),
  resolution_code TEXT NOT NULL,
  code TEXT NOT NULL CONSTRAINT target_group_code_taken UNIQUE,
  name TEXT NOT NULL,
  weight BIGINT NOT NULL
);

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

-- Targets and measurements come by the million and are read whole, in the order of their ids: no index and no foreign key but the
-- id, each of which would double the time of a load. The store checks what they point at before it writes.
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
