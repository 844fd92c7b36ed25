import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface WebServer {
  /** "https://localhost:…" */
  readonly url: string
  /** Its certificate, which nobody else vouches for. */
  readonly ca: string
  stop(): Promise<void>
}

/** Starts a web server with TLS on this machine. */
export async function startWebServer(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<WebServer> {
  const server = createServer({ key, cert: ca }, async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    answer(request, response, Buffer.concat(chunks).toString())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `https://localhost:${port}`,
    ca,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Made for these tests, and known to everybody. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKG8FGM3HOc8SlS2z
MtXYrszXj/vt2bXZVVtgIcqGJXehRANCAARhc+ez9xnuvX92yppFu6I1Qma79ufN
mCeLd6ibS8F3hEKqGD/OlEJIEnchd0wl8Fy1h+CfA2xHERQIKnv0XoQg
-----END PRIVATE KEY-----
`

const ca = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUBNWXXo+ZD+wUaxRSbsS4LJLY2UAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzAxMDcwNloYDzIxMjYxMDMw
MDEwNzA2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARhc+ez9xnuvX92yppFu6I1Qma79ufNmCeLd6ibS8F3hEKqGD/OlEJI
Enchd0wl8Fy1h+CfA2xHERQIKnv0XoQgo28wbTAdBgNVHQ4EFgQUlOQrw0bunzMK
4Mwfj3Jdp7cdS8IwHwYDVR0jBBgwFoAUlOQrw0bunzMK4Mwfj3Jdp7cdS8IwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgZYcQrOsVbYClJWan49iilFXL2TYxLgEk7yvD7Vh6zP8CIC1D
8mXn8JNchpozBRVBKX7Bl1dVoSu4MaYfnm/9XT1l
-----END CERTIFICATE-----
`
