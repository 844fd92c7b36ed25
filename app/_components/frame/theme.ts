export type Theme = 'system' | 'light' | 'dark'

const order: readonly Theme[] = ['system', 'light', 'dark']

export const themeCookie = 'comitia.theme'

/** A cookie's value as a theme; anything unknown follows the system. */
export function readTheme(value: string | undefined): Theme {
  return order.find((theme) => theme === value) ?? 'system'
}

export function nextTheme(theme: Theme): Theme {
  return order[(order.indexOf(theme) + 1) % order.length] ?? 'system'
}

/** The theme that is shown. */
export function shownTheme(): Theme {
  return readTheme(document.documentElement.dataset.theme)
}

/** Calls back whenever another theme is shown, whoever chose it, until the returned function is called. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

/** Shows a theme now and remembers it in a cookie, so that the server's first paint already has it. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax`
}
