// A TCP proxy that can freeze: its connections stay open and nothing passes any more, as when a cable is pulled.
import net, { type AddressInfo } from 'node:net'

/** Forwards to `host:port`, on a free port or on `own`. `freeze` silences the connections of now; later ones work. */
export async function startProxy(host: string, port: number, own = 0) {
  const pairs = new Set<[net.Socket, net.Socket]>()
  const server = net.createServer((inside) => {
    const outside = net.connect(port, host)
    const pair: [net.Socket, net.Socket] = [inside, outside]
    pairs.add(pair)
    inside.pipe(outside)
    outside.pipe(inside)
    for (const socket of pair) {
      socket.on('error', () => undefined)
      socket.on('close', () => pairs.delete(pair))
    }
  })
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve))
  const frozen: net.Socket[] = []
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      for (const [inside, outside] of pairs) {
        inside.unpipe(outside)
        outside.unpipe(inside)
        inside.pause()
        outside.pause()
        frozen.push(inside, outside)
      }
    },
    stop() {
      for (const pair of pairs) for (const socket of pair) socket.destroy()
      for (const socket of frozen) socket.destroy()
      server.close()
    },
  }
}
