-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "proposal" TEXT;

-- AlterTable
ALTER TABLE "proposals" ADD COLUMN     "module" JSONB;

-- AlterTable
ALTER TABLE "results" ADD COLUMN     "blocks" JSONB;

-- DropIndex
DROP INDEX "messages_author_log_index_idx";

-- CreateTable
CREATE TABLE "log_nodes" (
    "level" SMALLINT NOT NULL,
    "index" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "log_nodes_pkey" PRIMARY KEY ("level","index")
);

-- CreateTable
CREATE TABLE "operator_keys" (
    "purpose" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operator_keys_pkey" PRIMARY KEY ("purpose","key")
);

-- CreateTable
CREATE TABLE "checkpoints" (
    "size" BIGINT NOT NULL,
    "note" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checkpoints_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "cosignatures" (
    "size" BIGINT NOT NULL,
    "witness" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "cosigned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cosignatures_pkey" PRIMARY KEY ("size","witness")
);

-- CreateTable
CREATE TABLE "bundles" (
    "proposal_id" TEXT NOT NULL,
    "header" JSONB NOT NULL,
    "checkpoint" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "lines" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bundles_pkey" PRIMARY KEY ("proposal_id")
);

-- CreateTable
CREATE TABLE "verifications" (
    "proposal_id" TEXT NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "checks" JSONB NOT NULL,
    "took_ms" INTEGER NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("proposal_id")
);

-- CreateIndex
CREATE INDEX "messages_author_space_log_index_idx" ON "messages"("author", "space", "log_index");

-- CreateIndex
CREATE INDEX "messages_proposal_log_index_idx" ON "messages"("proposal", "log_index");

-- CreateIndex
CREATE INDEX "cosignatures_witness_size_idx" ON "cosignatures"("witness", "size");

-- CreateIndex
CREATE INDEX "verifications_verified_at_idx" ON "verifications"("verified_at");

-- AddForeignKey
ALTER TABLE "cosignatures" ADD CONSTRAINT "cosignatures_size_fkey" FOREIGN KEY ("size") REFERENCES "checkpoints"("size") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bundles" ADD CONSTRAINT "bundles_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is beyond Prisma's schema language: what older rows lack, and invariants that hold whoever writes.

-- Of a column that the messages' own text gives; nothing that was signed or logged changes.
ALTER TABLE "messages" DISABLE TRIGGER "messages_append_only";

UPDATE "messages" SET "proposal" = CASE "kind"
    WHEN 'proposal' THEN "id"
    ELSE lower("envelope"::jsonb -> 'data' -> 'message' ->> 'proposal')
END
WHERE "kind" IN ('proposal', 'update-proposal', 'delete-proposal', 'flag-proposal', 'vote', 'vote-array', 'vote-string');

ALTER TABLE "messages" ENABLE TRIGGER "messages_append_only";

-- A server of an earlier version, which would leave it out, and the inner nodes too, can append no more.
ALTER TABLE "messages"
    ADD CONSTRAINT "messages_proposal_check" CHECK (("proposal" IS NOT NULL) = ("kind" IN ('proposal', 'update-proposal',
        'delete-proposal', 'flag-proposal', 'vote', 'vote-array', 'vote-string')));

-- The inner nodes that tiles of a higher level hold: level 1 stands for 256 leaves, each next one for 256 times as many.
DO $$
DECLARE
    tile BYTEA[];
    place BIGINT;
    row_level SMALLINT := 1;
    rows_below BIGINT := (SELECT "size" FROM "log_state");
BEGIN
    WHILE rows_below >= 256 LOOP
        FOR place IN 0 .. rows_below / 256 - 1 LOOP
            IF row_level = 1 THEN
                SELECT array_agg("leaf_hash" ORDER BY "log_index") INTO tile FROM "messages"
                    WHERE "log_index" BETWEEN place * 256 AND place * 256 + 255;
            ELSE
                SELECT array_agg("hash" ORDER BY "index") INTO tile FROM "log_nodes"
                    WHERE "level" = row_level - 1 AND "index" BETWEEN place * 256 AND place * 256 + 255;
            END IF;
            WHILE array_length(tile, 1) > 1 LOOP
                SELECT array_agg(sha256('\x01'::bytea || tile[2 * i - 1] || tile[2 * i]) ORDER BY i) INTO tile
                    FROM generate_series(1, array_length(tile, 1) / 2) AS i;
            END LOOP;
            INSERT INTO "log_nodes" ("level", "index", "hash") VALUES (row_level, place, tile[1]);
        END LOOP;
        rows_below := rows_below / 256;
        row_level := row_level + 1;
    END LOOP;
END
$$;

ALTER TABLE "log_nodes"
    ADD CONSTRAINT "log_nodes_place_check" CHECK ("level" > 0 AND "index" >= 0 AND octet_length("hash") = 32);

CREATE TRIGGER "log_nodes_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "log_nodes"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- A witness's word cannot be had again; with it stays the checkpoint that it is about.
CREATE TRIGGER "cosignatures_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "cosignatures"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What was published under a seal stays.
CREATE TRIGGER "bundles_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "bundles"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What a proposal has besides ballots: found without going through these.
CREATE INDEX "messages_besides_ballots_idx" ON "messages"("proposal", "log_index")
    WHERE "kind" NOT IN ('vote', 'vote-array', 'vote-string');

-- Which ballot came before or after another of the same voter: few voters vote twice.
CREATE INDEX "votes_superseded_idx" ON "votes"("proposal_id", "voter", "log_index") WHERE NOT "current";

ALTER TABLE "operator_keys"
    ADD CONSTRAINT "operator_keys_purpose_check" CHECK ("purpose" IN ('receipt', 'log'));
