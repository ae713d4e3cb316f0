// What a page costs to load: bytes over the wire by kind and number of requests, in a fresh Chromium on a phone's screen.
import { chromium } from '@playwright/test'
import { findChromium } from '../chromium.ts'

const kinds = ['Document', 'Stylesheet', 'Script', 'Font', 'Image'] as const

export async function weighPage(origin: string, path: string): Promise<[string, string][]> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: findChromium(), args: sandbox })
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    const kindOf = new Map<string, string>()
    const bytes = new Map<string, number>()
    network.on('Network.responseReceived', ({ requestId, type }) => kindOf.set(requestId, type))
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = kindOf.get(requestId) ?? 'Other'
      bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength)
    })
    await page.goto(origin + path, { waitUntil: 'networkidle' })
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value
          }).observe({ type: 'layout-shift', buffered: true })
          setTimeout(() => resolve(sum), 300)
        }),
    )
    const weights = kinds.map((kind) => `${kind} ${((bytes.get(kind) ?? 0) / 1024).toFixed(1)} kB`)
    return [[`${path}`, `${weights.join(', ')}; ${kindOf.size} requests; layout shift ${shift.toFixed(3)}`]]
  } finally {
    await browser.close()
  }
}
