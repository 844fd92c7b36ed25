-- AlterTable
ALTER TABLE "executions" ADD COLUMN     "safe" TEXT;

-- AlterTable
ALTER TABLE "proposals" ADD COLUMN     "treasury" TEXT;

-- AlterTable
ALTER TABLE "settlements" ADD COLUMN     "demanded_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "votes" ADD COLUMN     "countable" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "reasons" (
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reasons_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "keeper_transactions" (
    "id" BIGSERIAL NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "sender" TEXT NOT NULL,
    "nonce" INTEGER NOT NULL,
    "proposal_id" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "hashes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "keeper_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "keeper_transactions_proposal_id_idx" ON "keeper_transactions"("proposal_id");

-- AddForeignKey
ALTER TABLE "keeper_transactions" ADD CONSTRAINT "keeper_transactions_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is beyond Prisma's schema language: invariants that hold whoever writes.

-- A key has one transaction under way on a chain, whichever worker sent it.
CREATE UNIQUE INDEX "keeper_transactions_open_key" ON "keeper_transactions"("chain_id", "sender") WHERE "closed_at" IS NULL;

ALTER TABLE "keeper_transactions"
    ADD CONSTRAINT "keeper_transactions_outcome_check" CHECK (("closed_at" IS NULL) = ("outcome" IS NULL));
