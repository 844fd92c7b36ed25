import net from 'node:net'

/** A port on 127.0.0.1 that nobody listens on now: `preferred` if it is free, else any. */
export async function findFreePort(preferred = 0): Promise<number> {
  try {
    return await listenOnce(preferred)
  } catch {
    return listenOnce(0)
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
