'use client'
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '../../../lib/client/api'
import { checkReceipt, type ReceiptCheck } from '../../../lib/client/check-message'
import { fetchMessage } from '../../../lib/client/fetch-message'
import type { KeptReceipt } from '../../../lib/core/log/receipt-file'
import type { HexString } from '../../../lib/core/views/hex-string'
import type { MessageView } from '../../../lib/core/views/record-view'
import { api } from '../api'
import { useInstallation } from '../installation'
import { browserShelf } from './browser-shelf'
import { keepCheckpoint } from './checkpoint-store'

interface CheckedReceipt {
  readonly check: ReceiptCheck
  /** What the server shows of the message; null when nothing. */
  readonly message: MessageView | null
}

/** Holds a receipt against the log, in this browser. Asks again until every witness has seen the message. */
export function useReceiptCheck(kept: KeptReceipt, { isFresh = false }: { readonly isFresh?: boolean } = {}) {
  const { log, receiptKeys } = useInstallation()
  const { receipt, signature } = kept
  const queries = useQueryClient()
  return useQuery({
    queryKey: ['receipt', receipt.messageId, signature],
    queryFn: async (): Promise<CheckedReceipt> => {
      const message = await findMessage(queries, receipt.messageId, log.witnesses, isFresh ? 3 : 0)
      if (message) keepCheckpoint(browserShelf(), { note: message.inclusion.checkpoint }, log.keys)
      return { message, check: await checkReceipt(kept, message, { log, receiptKeys }) }
    },
    staleTime: isFresh ? 0 : 60_000,
    refetchInterval: ({ state: { data, error, dataUpdateCount } }) => {
      if (!isFresh || dataUpdateCount > 60) return false
      if (error) return 5000
      const isSeenByAll =
        data?.check.state === 'kept' && data.check.inclusion.witnesses.length >= log.witnesses.length
      return isSeenByAll ? false : 2000
    },
  })
}

/** Null when the server has no such message, asked so many times more than once. */
async function findMessage(
  queries: QueryClient,
  id: HexString,
  witnesses: readonly string[],
  patience: number,
): Promise<MessageView | null> {
  // A page full of receipts asks once.
  const log = () => queries.fetchQuery({ queryKey: ['log'], queryFn: () => api.log(), staleTime: 1000 })
  try {
    return await fetchMessage({ ...api, log }, id, witnesses)
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error
    if (patience === 0) return null
    await new Promise((resolve) => setTimeout(resolve, 1500))
    return findMessage(queries, id, witnesses, patience - 1)
  }
}
