'use client'
import { ChevronDown } from 'lucide-react'
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react'
import { classNames } from './class-names'

interface FieldIds {
  readonly id: string
  readonly describedBy: string | undefined
  readonly invalid: boolean
}

const FieldContext = createContext<FieldIds | null>(null)

/** A labelled input with its hint and its error, tied together for assistive technology. */
export function Field({
  label,
  hint,
  error,
  labelHidden = false,
  className,
  children,
}: {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** Shown in place of the hint. */
  readonly error?: string | null | undefined
  readonly labelHidden?: boolean
  readonly className?: string
  readonly children: ReactNode
}) {
  const id = useId()
  const note = error || hint
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'font-medium'}>
        {label}
      </label>
      <FieldContext value={{ id, describedBy: note ? `${id}-note` : undefined, invalid: Boolean(error) }}>
        {children}
      </FieldContext>
      {note && (
        <p id={`${id}-note`} className={classNames('text-small', error ? 'text-against' : 'text-muted')}>
          {note}
        </p>
      )}
    </div>
  )
}

function useFieldProps() {
  const field = useContext(FieldContext)
  return (
    field && {
      id: field.id,
      'aria-describedby': field.describedBy,
      'aria-invalid': field.invalid || undefined,
    }
  )
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      type="text"
      dir="auto"
      autoComplete="off"
      {...useFieldProps()}
      className={classNames('field-box', className)}
      {...rest}
    />
  )
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      dir="auto"
      {...useFieldProps()}
      className={classNames('field-box resize-y', className)}
      {...rest}
    />
  )
}

export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={classNames('relative block', className)}>
      <select {...useFieldProps()} className="field-box appearance-none pr-8" {...rest}>
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2"
      />
    </span>
  )
}

export function Checkbox({
  label,
  hint,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { readonly label: ReactNode; readonly hint?: ReactNode }) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={id}
        type="checkbox"
        className="mt-0.5 size-4.5 shrink-0"
        {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        {...rest}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className="text-muted text-small">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
