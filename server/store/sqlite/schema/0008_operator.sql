-- How many of each tier there are, and who is an operator: asked by the operator's pages, with a row for each there.
CREATE INDEX account_tier ON account (tier) WHERE guest IS NULL AND (email IS NOT NULL OR NOT disabled);
CREATE INDEX account_operator ON account (id) WHERE operator;
