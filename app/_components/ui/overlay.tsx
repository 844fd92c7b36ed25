'use client'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { words } from '../words'
import { Button } from './button'
import { classNames } from './class-names'

const shapes = {
  /** In the middle of the screen. */
  dialog: 'top-[10vh] left-1/2 max-h-[80vh] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 rounded-panel',
  /** Up from the bottom edge: the phone's place for a decision. */
  sheet: 'inset-x-0 bottom-0 max-h-[88vh] rounded-t-panel border-b-0',
} as const

/** A modal layer: traps focus, closes on Escape, gives focus back where it came from. */
export function Overlay({
  title,
  titleHidden = false,
  description,
  shape = 'dialog',
  trigger,
  open,
  onOpenChange,
  children,
}: {
  readonly title: string
  readonly titleHidden?: boolean
  readonly description?: ReactNode
  readonly shape?: keyof typeof shapes
  readonly trigger?: ReactNode
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly children: ReactNode
}) {
  return (
    <Radix.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fresh fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...(!description && { 'aria-describedby': undefined })}
          className={classNames(
            'fresh fixed z-50 flex flex-col overflow-hidden border bg-raised shadow-overlay outline-none',
            shapes[shape],
          )}
        >
          <header
            className={classNames(
              'flex items-start justify-between gap-4 px-5 pt-4',
              titleHidden && 'sr-only',
            )}
          >
            <div>
              <Radix.Title className="font-semibold text-section">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <Button look="quiet" icon aria-label={words.close} className="-mt-1 -mr-2">
                <X aria-hidden className="size-4.5" />
              </Button>
            </Radix.Close>
          </header>
          <div className={classNames('overflow-y-auto', !titleHidden && 'px-5 pt-3 pb-5')}>{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
