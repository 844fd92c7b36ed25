/** Set by the root `proxy.ts`, which takes it off every request from outside: the path before a rewrite. */
export const originalPathHeader = 'x-comitia-path'
