'use client'
import { Download } from 'lucide-react'
import type { MessageView } from '../../../../lib/core/views/record-view'
import { DownloadReceipts } from '../../../_components/record/download-receipts'
import { downloadText } from '../../../_components/record/download-text'
import { Button } from '../../../_components/ui/button'
import { CopyButton } from '../../../_components/ui/copy-button'
import { Panel } from '../../../_components/ui/panel'
import { Tabs } from '../../../_components/ui/tabs'

/** The bytes themselves, for whoever checks with other tools. */
export function RawMessage({ view }: { readonly view: MessageView }) {
  const { id, envelope, cid, receipt, inclusion } = view
  const { sig } = JSON.parse(envelope) as { readonly sig: string }
  return (
    <Panel title="As it is stored">
      <Tabs
        label="Parts of the record"
        tabs={[
          {
            id: 'envelope',
            name: 'Envelope',
            content: <Text label="Envelope" text={JSON.stringify(JSON.parse(envelope), null, 2)} />,
          },
          { id: 'signature', name: 'Signature', content: <Text label="Signature" text={sig} /> },
          {
            id: 'receipt',
            name: 'Receipt',
            content: <Text label="Receipt" text={JSON.stringify(receipt, null, 2)} />,
          },
          { id: 'proof', name: 'Proof', content: <Text label="Proof" text={proofText(inclusion)} /> },
        ]}
      />
      <dl className="mt-4 grid gap-x-6 border-t pt-4 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-y-2 [&>dd]:flex [&>dd]:min-w-0 [&>dd]:items-center max-sm:[&>dd]:mb-2 [&>dt]:text-muted">
        <dt>Id</dt>
        <dd>
          <span className="truncate font-mono">{id}</span>
          <CopyButton text={id} label="id" />
        </dd>
        <dt>Content address</dt>
        <dd>
          <a href={`/api/ipfs/${cid}`} className="link truncate font-mono">
            {cid}
          </a>
          <CopyButton text={cid} label="content address" />
        </dd>
      </dl>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button onClick={() => downloadText(`comitia-message-${id.slice(2, 12)}.json`, envelope)}>
          <Download aria-hidden className="size-4" />
          Download the envelope
        </Button>
        <DownloadReceipts receipts={[receipt]}>Download the receipt</DownloadReceipts>
      </div>
    </Panel>
  )
}

function proofText({ checkpoint, index, size, proof }: MessageView['inclusion']): string {
  return `${checkpoint}\nentry ${index} of ${size}, hashes from the leaf up:\n${proof.join('\n')}\n`
}

/** Text that scrolls in both directions by itself. */
function Text({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className="relative">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-control border bg-sunken"
      >
        <pre className="p-3 pr-10 font-mono text-small">{text}</pre>
      </section>
      <div className="absolute top-2 right-2 rounded-control bg-sunken">
        <CopyButton text={text} label={label.toLowerCase()} />
      </div>
    </div>
  )
}
