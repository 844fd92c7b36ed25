'use client'
import { useRef } from 'react'

/**
 * Keeps the focus in a list whose items can be removed: put `list` on the element around it and its add button, `data-list`
 * too; mark every remove button `data-remove` and the add button `data-add`. Lists inside of a list keep their own.
 */
export function useRemovalFocus<Element extends HTMLElement>() {
  const list = useRef<Element>(null)
  /** To the item that took the place of the removed one; without one, to the add button. */
  function focusAfter(index: number) {
    requestAnimationFrame(() => {
      const find = (mark: string) =>
        [...(list.current?.querySelectorAll<HTMLElement>(`[${mark}]`) ?? [])].filter(
          (button) => button.closest('[data-list]') === list.current,
        )
      const target = find('data-remove')[index] ?? find('data-add')[0]
      target?.focus()
    })
  }
  return { list, focusAfter }
}
