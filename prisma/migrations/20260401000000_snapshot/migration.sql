-- AlterTable
ALTER TABLE "proposals" ADD COLUMN     "flag_code" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "flagged_by" TEXT,
ADD COLUMN     "frozen_hash" TEXT,
ADD COLUMN     "origin" JSONB,
ADD COLUMN     "quorum" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "quorum_type" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "settings_id" TEXT,
ADD COLUMN     "timestamp" BIGINT,
ADD COLUMN     "weighed_index" BIGINT NOT NULL DEFAULT -1,
ADD COLUMN     "vote_validation" JSONB NOT NULL DEFAULT '{"name":"any","params":{}}';

-- AlterTable
ALTER TABLE "spaces" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "domain" TEXT,
ADD COLUMN     "flag_code" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "follower_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "hibernated" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "name_checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "name_kept_until" BIGINT,
ADD COLUMN     "name_owner" TEXT,
ADD COLUMN     "name_problem" TEXT,
ADD COLUMN     "origin" JSONB,
ADD COLUMN     "turbo" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "verified" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "votes" ADD COLUMN     "provisional" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "space_id" TEXT;

-- CreateTable
CREATE TABLE "options" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "options_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "blocklist" (
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blocklist_pkey" PRIMARY KEY ("kind","value")
);

-- CreateTable
CREATE TABLE "relayed_envelopes" (
    "id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "space" TEXT NOT NULL,
    "proposal" TEXT,
    "envelope" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "safe" JSONB,
    "approvals" JSONB NOT NULL DEFAULT '{}',
    "sender" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "relayed_envelopes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "imports" (
    "space_id" TEXT NOT NULL,
    "hub" TEXT NOT NULL,
    "cursors" JSONB NOT NULL,
    "report" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "imports_pkey" PRIMARY KEY ("space_id")
);

-- CreateTable
CREATE TABLE "aliases" (
    "alias" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "created" BIGINT NOT NULL,
    "chain_id" INTEGER,
    "revoked_at" BIGINT,

    CONSTRAINT "aliases_pkey" PRIMARY KEY ("alias","address")
);

-- CreateTable
CREATE TABLE "follows" (
    "follower" TEXT NOT NULL,
    "space_id" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "created" BIGINT NOT NULL,

    CONSTRAINT "follows_pkey" PRIMARY KEY ("follower","space_id","network")
);

-- CreateTable
CREATE TABLE "subscriptions" (
    "address" TEXT NOT NULL,
    "space_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "created" BIGINT NOT NULL,

    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("address","space_id")
);

-- CreateTable
CREATE TABLE "profiles" (
    "address" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "profile" JSONB NOT NULL,
    "created" BIGINT NOT NULL,

    CONSTRAINT "profiles_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "statements" (
    "delegate" TEXT NOT NULL,
    "space_id" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "discourse" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "created" BIGINT NOT NULL,
    "updated" BIGINT NOT NULL,

    CONSTRAINT "statements_pkey" PRIMARY KEY ("delegate","space_id","network")
);

-- CreateTable
CREATE TABLE "participations" (
    "space_id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "proposal_count" INTEGER NOT NULL DEFAULT 0,
    "vote_count" INTEGER NOT NULL DEFAULT 0,
    "last_vote" BIGINT,

    CONSTRAINT "participations_pkey" PRIMARY KEY ("space_id","address")
);

-- CreateIndex
CREATE INDEX "relayed_envelopes_state_due_at_idx" ON "relayed_envelopes"("state", "due_at");

-- CreateIndex
CREATE INDEX "relayed_envelopes_proposal_address_idx" ON "relayed_envelopes"("proposal", "address");

-- CreateIndex
CREATE INDEX "aliases_address_created_idx" ON "aliases"("address", "created");

-- CreateIndex
CREATE INDEX "aliases_created_id_idx" ON "aliases"("created", "id");

-- CreateIndex
CREATE UNIQUE INDEX "follows_id_key" ON "follows"("id");

-- CreateIndex
CREATE INDEX "follows_space_id_created_idx" ON "follows"("space_id", "created");

-- CreateIndex
CREATE INDEX "follows_created_id_idx" ON "follows"("created", "id");

-- CreateIndex
CREATE UNIQUE INDEX "subscriptions_id_key" ON "subscriptions"("id");

-- CreateIndex
CREATE INDEX "subscriptions_space_id_created_idx" ON "subscriptions"("space_id", "created");

-- CreateIndex
CREATE INDEX "subscriptions_created_id_idx" ON "subscriptions"("created", "id");

-- CreateIndex
CREATE INDEX "profiles_created_address_idx" ON "profiles"("created", "address");

-- CreateIndex
CREATE UNIQUE INDEX "statements_id_key" ON "statements"("id");

-- CreateIndex
CREATE INDEX "statements_space_id_created_idx" ON "statements"("space_id", "created");

-- CreateIndex
CREATE INDEX "statements_created_id_idx" ON "statements"("created", "id");

-- CreateIndex
CREATE INDEX "participations_address_idx" ON "participations"("address");

-- CreateIndex
CREATE INDEX "participations_vote_count_space_id_address_idx" ON "participations"("vote_count" DESC, "space_id", "address");

-- CreateIndex
CREATE UNIQUE INDEX "spaces_domain_key" ON "spaces"("domain");

-- CreateIndex
CREATE INDEX "messages_timestamp_log_index_idx" ON "messages"("timestamp", "log_index");

-- CreateIndex
CREATE INDEX "proposals_space_id_timestamp_id_idx" ON "proposals"("space_id", "timestamp" DESC, "id");

-- CreateIndex
CREATE INDEX "proposals_timestamp_id_idx" ON "proposals"("timestamp" DESC, "id");


-- What follows is beyond Prisma's schema language: what older rows lack, and invariants that hold whoever writes.

UPDATE "proposals" SET "settings_id" = (
    SELECT "id" FROM "messages"
    WHERE "messages"."space" = "proposals"."space_id" AND "kind" = 'settings'
        AND "messages"."log_index" < "proposals"."log_index"
    ORDER BY "messages"."log_index" DESC LIMIT 1
);
UPDATE "proposals" SET "timestamp" = "messages"."timestamp" FROM "messages" WHERE "messages"."id" = "proposals"."id";
UPDATE "votes" SET "space_id" = "proposals"."space_id" FROM "proposals" WHERE "proposals"."id" = "votes"."proposal_id";

-- A server of an earlier version, which would leave them out, can append no more.
ALTER TABLE "proposals"
    ALTER COLUMN "settings_id" SET NOT NULL,
    ALTER COLUMN "timestamp" SET NOT NULL;
ALTER TABLE "votes" ALTER COLUMN "space_id" SET NOT NULL;

INSERT INTO "participations" ("space_id", "address", "proposal_count")
    SELECT "space_id", "author", count(*) FROM "proposals" WHERE "hidden_at" IS NULL GROUP BY "space_id", "author";
INSERT INTO "participations" ("space_id", "address", "vote_count", "last_vote")
    SELECT "space_id", "voter", count(DISTINCT "proposal_id"), max("timestamp") FROM "votes" GROUP BY "space_id", "voter"
ON CONFLICT ("space_id", "address") DO UPDATE
    SET "vote_count" = excluded."vote_count", "last_vote" = excluded."last_vote";

ALTER TABLE "spaces"
    ADD CONSTRAINT "spaces_follower_count_check" CHECK ("follower_count" >= 0);
ALTER TABLE "participations"
    ADD CONSTRAINT "participations_counts_check" CHECK ("proposal_count" >= 0 AND "vote_count" >= 0);
-- A key signs for one principal at a time.
CREATE UNIQUE INDEX "aliases_live_key" ON "aliases"("alias") WHERE "revoked_at" IS NULL;
-- A power that may still change is one that is known.
ALTER TABLE "votes"
    ADD CONSTRAINT "votes_provisional_check" CHECK (NOT "provisional" OR "power" IS NOT NULL);
ALTER TABLE "blocklist"
    ADD CONSTRAINT "blocklist_kind_check" CHECK ("kind" IN ('address', 'ip', 'link'));
ALTER TABLE "relayed_envelopes"
    ADD CONSTRAINT "relayed_envelopes_state_check" CHECK ("state" IN ('waiting', 'accepted', 'refused', 'expired'));

-- Ballots in the orders that lists have. Of current ones alone, so that a page far back, or a count, is read from the index.
DROP INDEX "votes_proposal_id_power_log_index_idx";
CREATE INDEX "votes_by_power_idx" ON "votes"("proposal_id", "power" DESC, "log_index") WHERE "current";
CREATE INDEX "votes_by_time_idx" ON "votes"("proposal_id", "timestamp", "log_index") WHERE "current";
CREATE INDEX "votes_of_space_idx" ON "votes"("space_id", "timestamp", "log_index") WHERE "current";
CREATE INDEX "votes_of_all_idx" ON "votes"("timestamp", "log_index") WHERE "current";

-- What lists leave out: few, and looked for with every page of votes.
CREATE INDEX "proposals_hidden_idx" ON "proposals"("id") WHERE "hidden_at" IS NOT NULL;
CREATE INDEX "spaces_deleted_idx" ON "spaces"("id") WHERE "deleted_at" IS NOT NULL;
