import type { Change } from './describe-changes'

/** What is about to be signed: each field, before and after. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <dl className="flex flex-col gap-3">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt className="font-medium">{field}</dt>
          <dd className="mt-0.5 grid gap-1">
            <span className="whitespace-pre-wrap break-words text-muted">
              <span className="sr-only">before: </span>
              <del>{before}</del>
            </span>
            <span className="whitespace-pre-wrap break-words">
              <span className="sr-only">after: </span>
              <ins className="no-underline">{after}</ins>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
