-- CreateTable
CREATE TABLE "executions" (
    "hash" TEXT NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "verifier" TEXT NOT NULL,
    "calls" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "executions_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "settlements" (
    "proposal_id" TEXT NOT NULL,
    "executor" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "reason" TEXT,
    "transaction_hash" TEXT,
    "block_number" BIGINT,
    "block_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settlements_pkey" PRIMARY KEY ("proposal_id")
);

-- CreateTable
CREATE TABLE "confirmations" (
    "safe_tx_hash" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "proposal_id" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "confirmations_pkey" PRIMARY KEY ("safe_tx_hash","owner")
);

-- CreateTable
CREATE TABLE "chain_states" (
    "chain_id" INTEGER NOT NULL,
    "genesis_hash" TEXT NOT NULL,
    "block_number" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chain_states_pkey" PRIMARY KEY ("chain_id")
);

-- CreateTable
CREATE TABLE "installation" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "messages" (
    "log_index" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "space" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "timestamp" BIGINT NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "envelope" TEXT NOT NULL,
    "envelope_hash" BYTEA NOT NULL,
    "cid" TEXT NOT NULL,
    "leaf_hash" BYTEA NOT NULL,
    "verification" JSONB NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("log_index")
);

-- CreateTable
CREATE TABLE "log_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "size" BIGINT NOT NULL,
    "frontier" BYTEA NOT NULL,
    "root" BYTEA NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_state_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proposals" (
    "id" TEXT NOT NULL,
    "defined_by" TEXT NOT NULL,
    "log_index" BIGINT NOT NULL,
    "space_id" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "discussion" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "choices" TEXT[],
    "labels" TEXT[],
    "app" TEXT NOT NULL,
    "privacy" TEXT NOT NULL,
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    "network" TEXT NOT NULL,
    "snapshot" BIGINT NOT NULL,
    "snapshot_hash" TEXT NOT NULL,
    "snapshot_time" BIGINT NOT NULL,
    "symbol" TEXT NOT NULL,
    "strategies" JSONB NOT NULL,
    "rule" JSONB NOT NULL,
    "plugins" JSONB NOT NULL,
    "execution_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3),
    "vote_count" INTEGER NOT NULL DEFAULT 0,
    "pending_count" INTEGER NOT NULL DEFAULT 0,
    "closed_at" TIMESTAMPTZ(3),
    "hidden_at" TIMESTAMPTZ(3),
    "hidden_by" TEXT,
    "hidden_as" TEXT,

    CONSTRAINT "proposals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tally_cells" (
    "proposal_id" TEXT NOT NULL,
    "strategy" SMALLINT NOT NULL,
    "key" TEXT NOT NULL,
    "sum" DECIMAL(120,0) NOT NULL,

    CONSTRAINT "tally_cells_pkey" PRIMARY KEY ("proposal_id","strategy","key")
);

-- CreateTable
CREATE TABLE "results" (
    "proposal_id" TEXT NOT NULL,
    "scores" TEXT[],
    "scores_by_strategy" JSONB NOT NULL,
    "scores_total" TEXT NOT NULL,
    "votes" INTEGER NOT NULL,
    "outcome" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "log_size" BIGINT NOT NULL,
    "log_root" BYTEA NOT NULL,
    "finalized_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "results_pkey" PRIMARY KEY ("proposal_id")
);

-- CreateTable
CREATE TABLE "spaces" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "controller" TEXT NOT NULL,
    "settings_id" TEXT NOT NULL,
    "proposal_count" INTEGER NOT NULL DEFAULT 0,
    "vote_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "active_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "votes" (
    "log_index" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "proposal_id" TEXT NOT NULL,
    "voter" TEXT NOT NULL,
    "choice" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "app" TEXT NOT NULL,
    "metadata" JSONB NOT NULL,
    "timestamp" BIGINT NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "power" DECIMAL(120,0),
    "power_by_strategy" DECIMAL(120,0)[],
    "current" BOOLEAN NOT NULL,

    CONSTRAINT "votes_pkey" PRIMARY KEY ("log_index")
);

-- CreateTable
CREATE TABLE "power_answers" (
    "source" TEXT NOT NULL,
    "voter" TEXT NOT NULL,
    "power" DECIMAL(120,0) NOT NULL,

    CONSTRAINT "power_answers_pkey" PRIMARY KEY ("source","voter")
);

-- CreateIndex
CREATE INDEX "executions_created_at_idx" ON "executions"("created_at");

-- CreateIndex
CREATE INDEX "settlements_state_idx" ON "settlements"("state");

-- CreateIndex
CREATE INDEX "confirmations_proposal_id_idx" ON "confirmations"("proposal_id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_id_key" ON "messages"("id");

-- CreateIndex
CREATE INDEX "messages_envelope_hash_idx" ON "messages"("envelope_hash");

-- CreateIndex
CREATE INDEX "messages_space_kind_log_index_idx" ON "messages"("space", "kind", "log_index");

-- CreateIndex
CREATE INDEX "messages_author_log_index_idx" ON "messages"("author", "log_index");

-- CreateIndex
CREATE UNIQUE INDEX "proposals_log_index_key" ON "proposals"("log_index");

-- CreateIndex
CREATE INDEX "proposals_space_id_created_at_id_idx" ON "proposals"("space_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "proposals_space_id_end_idx" ON "proposals"("space_id", "end");

-- CreateIndex
CREATE INDEX "proposals_author_end_idx" ON "proposals"("author", "end");

-- CreateIndex
CREATE INDEX "proposals_execution_hash_idx" ON "proposals"("execution_hash");

-- CreateIndex
CREATE INDEX "spaces_active_at_id_idx" ON "spaces"("active_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "votes_id_key" ON "votes"("id");

-- CreateIndex
CREATE INDEX "votes_proposal_id_power_log_index_idx" ON "votes"("proposal_id", "power" DESC, "log_index");

-- CreateIndex
CREATE INDEX "votes_proposal_id_log_index_idx" ON "votes"("proposal_id", "log_index" DESC);

-- CreateIndex
CREATE INDEX "votes_voter_log_index_idx" ON "votes"("voter", "log_index" DESC);

-- AddForeignKey
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_space_id_fkey" FOREIGN KEY ("space_id") REFERENCES "spaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_execution_hash_fkey" FOREIGN KEY ("execution_hash") REFERENCES "executions"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tally_cells" ADD CONSTRAINT "tally_cells_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "votes" ADD CONSTRAINT "votes_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is beyond Prisma's schema language: invariants that hold whoever writes.

-- One current ballot for each voter of a proposal.
CREATE UNIQUE INDEX "votes_current_key" ON "votes"("proposal_id", "voter") WHERE "current";

-- Ballots whose power is still to be read: few, and looked for often.
CREATE INDEX "votes_pending_idx" ON "votes"("proposal_id", "log_index") WHERE "power" IS NULL;

-- Messages are never updated or deleted.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the log is append-only', TG_OP, TG_TABLE_NAME;
END
$$;

CREATE TRIGGER "messages_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "messages"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

ALTER TABLE "messages"
    ADD CONSTRAINT "messages_log_index_check" CHECK ("log_index" >= 0),
    ADD CONSTRAINT "messages_id_check" CHECK ("id" ~ '^0x[0-9a-f]{64}$'),
    ADD CONSTRAINT "messages_hash_check" CHECK (octet_length("envelope_hash") = 32 AND octet_length("leaf_hash") = 32);

-- The log's one row: an empty log has the hash of nothing as its root (RFC 6962).
ALTER TABLE "log_state"
    ADD CONSTRAINT "log_state_one_row_check" CHECK ("id" = 1),
    ADD CONSTRAINT "log_state_size_check" CHECK ("size" >= 0),
    ADD CONSTRAINT "log_state_hash_check" CHECK (octet_length("frontier") % 32 = 0 AND octet_length("root") = 32);

INSERT INTO "log_state" ("size", "frontier", "root", "accepted_at") VALUES (0, '', sha256(''), 'epoch');

ALTER TABLE "spaces"
    ADD CONSTRAINT "spaces_id_check" CHECK ("id" = lower("id")),
    ADD CONSTRAINT "spaces_counts_check" CHECK ("proposal_count" >= 0 AND "vote_count" >= 0);

ALTER TABLE "proposals"
    ADD CONSTRAINT "proposals_window_check" CHECK ("start" < "end"),
    ADD CONSTRAINT "proposals_counts_check" CHECK ("pending_count" >= 0 AND "vote_count" >= "pending_count"),
    ADD CONSTRAINT "proposals_hidden_check" CHECK (num_nulls("hidden_at", "hidden_by", "hidden_as") IN (0, 3));

-- A ballot's power is known with its parts, or not at all.
ALTER TABLE "votes"
    ADD CONSTRAINT "votes_power_check" CHECK ("power" >= 0 AND ("power" IS NULL) = (cardinality("power_by_strategy") = 0));

ALTER TABLE "tally_cells"
    ADD CONSTRAINT "tally_cells_strategy_check" CHECK ("strategy" >= -1),
    ADD CONSTRAINT "tally_cells_sum_check" CHECK ("sum" >= 0);

ALTER TABLE "power_answers"
    ADD CONSTRAINT "power_answers_power_check" CHECK ("power" >= 0);
