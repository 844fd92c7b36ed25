'use client'
import { useQuery } from '@tanstack/react-query'
import { checkMessage, checkReceipt } from '../../../../lib/client/check-message'
import { fetchMessage } from '../../../../lib/client/fetch-message'
import type { HexString } from '../../../../lib/core/views/hex-string'
import { api } from '../../../_components/api'
import { useInstallation } from '../../../_components/installation'
import { browserShelf } from '../../../_components/record/browser-shelf'
import { CheckList } from '../../../_components/record/check-list'
import { keepCheckpoint } from '../../../_components/record/checkpoint-store'
import { listReceipts } from '../../../_components/record/receipt-store'
import { ErrorNotice } from '../../../_components/ui/error-notice'
import { Notice } from '../../../_components/ui/notice'
import { Panel } from '../../../_components/ui/panel'
import { Loading, Skeleton } from '../../../_components/ui/skeleton'

/** Every check of a message that a browser can make by itself, made. */
export function MessageChecks({ id }: { readonly id: HexString }) {
  const { log, receiptKeys } = useInstallation()
  const { data, isError, error, refetch } = useQuery({
    queryKey: ['message-checks', id],
    queryFn: async () => {
      const published = { log, receiptKeys }
      const view = await fetchMessage(api, id, log.witnesses)
      keepCheckpoint(browserShelf(), { note: view.inclusion.checkpoint }, log.keys)
      const { checks } = await checkMessage(id, view, published)
      const kept = listReceipts(browserShelf()).receipts.find(({ receipt }) => receipt.messageId === id)
      const own = kept && (await checkReceipt(kept, view, published))
      return { checks, own: own?.state === 'foreign' ? undefined : own }
    },
  })
  const failed = data?.checks.some(({ status }) => status === 'failed') || data?.own?.state === 'broken'
  return (
    <Panel
      title="Checked in this browser"
      aside={<span className="text-muted text-small">from the published keys alone</span>}
    >
      <div aria-live="polite">
        {isError && (
          <ErrorNotice what="The proof could not be fetched." error={error} onRetry={() => refetch()} />
        )}
        {failed && (
          <Notice kind="bad" title="This message is not what the server says" className="mb-4">
            <p>Do not rely on it. Keep any receipt that you have, and ask whoever runs this server.</p>
          </Notice>
        )}
        {!data && !isError && (
          <Loading className="flex flex-col gap-4">
            {[1, 2, 3, 4, 5, 6].map((row) => (
              <div key={row} className="flex flex-col gap-1.5">
                <Skeleton className="h-4 w-64 max-w-full" />
                <Skeleton className="h-3 w-full" />
              </div>
            ))}
          </Loading>
        )}
        {data && (
          <CheckList
            label="Checks"
            checks={[
              ...data.checks,
              ...(data.own
                ? [
                    {
                      id: 'own',
                      title: 'It is what your receipt promised',
                      status: data.own.state === 'kept' ? ('passed' as const) : ('failed' as const),
                      detail:
                        data.own.state === 'kept'
                          ? 'The receipt that this browser keeps names the same signature, time and place.'
                          : data.own.state === 'broken'
                            ? data.own.why
                            : '',
                    },
                  ]
                : []),
            ]}
          />
        )}
      </div>
    </Panel>
  )
}
