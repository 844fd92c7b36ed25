import type { ReactNode } from 'react'
import { classNames } from '../_components/ui/class-names'

/** A whole row as one option's label: the hit area is as large as it looks. */
export function OptionRow({ chosen, children }: { readonly chosen: boolean; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label
      className={classNames(
        'flex min-h-control items-center gap-3 rounded-control border px-3 py-1.5 transition-colors has-disabled:cursor-not-allowed',
        chosen ? 'border-ink bg-sunken font-medium' : 'border-line-strong hover:bg-hover',
      )}
    >
      {children}
    </label>
  )
}
