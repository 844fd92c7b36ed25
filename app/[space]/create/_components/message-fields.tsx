import { Panel } from '../../../_components/ui/panel'

/** A message field by field, as the wallet will show it. */
export function MessageFields({ fields }: { readonly fields: readonly (readonly [string, string])[] }) {
  return (
    <Panel title="What your wallet will show">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-small">
        {fields.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="break-words">{value || <span className="text-muted">empty</span>}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
