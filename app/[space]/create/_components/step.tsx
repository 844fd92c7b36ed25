import { type ReactNode, useId } from 'react'

/** One of the three parts of the editor. */
export function Step({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly children: ReactNode
}) {
  const heading = useId()
  return (
    <section
      id={id}
      aria-labelledby={heading}
      tabIndex={-1}
      className="flex scroll-mt-20 flex-col gap-4 border-t pt-5 outline-none"
    >
      <h2 id={heading} className="font-semibold text-section">
        {title}
      </h2>
      {children}
    </section>
  )
}
