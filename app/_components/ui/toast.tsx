'use client'
import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { words } from '../words'

type Notify = (message: string) => void

const ToastContext = createContext<Notify>(() => {})

/** Says what happened elsewhere; never the only place where something is said. */
export function useToast(): Notify {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [messages, setMessages] = useState<readonly { id: number; text: string }[]>([])
  const notify = useCallback<Notify>(
    (text) => setMessages((current) => [...current.slice(-2), { id: Date.now() + Math.random(), text }]),
    [],
  )
  return (
    <ToastContext value={notify}>
      <Radix.Provider swipeDirection="right" duration={8000} label={words.notification}>
        {children}
        {messages.map((message) => (
          <Radix.Root
            key={message.id}
            onOpenChange={(open) => {
              if (!open) setMessages((current) => current.filter((other) => other.id !== message.id))
            }}
            className="fresh flex items-start gap-3 rounded-panel border bg-raised px-4 py-3 shadow-overlay"
          >
            <Radix.Description className="min-w-0 flex-1">{message.text}</Radix.Description>
            <Radix.Close aria-label={words.close} className="rounded-control p-0.5 hover:bg-hover">
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </Radix.Root>
        ))}
        <Radix.Viewport className="fixed right-4 bottom-20 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 outline-none" />
      </Radix.Provider>
    </ToastContext>
  )
}
