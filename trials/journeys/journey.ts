// What journeys are written with: Playwright's test, which also notes each page that was opened without JavaScript. The
// notes of journeys that passed become the certificate on /no-js (certificate.ts).
import { type BrowserContext, test as base, type TestInfo } from '@playwright/test'
import { origin } from './ports.ts'

export { expect } from '@playwright/test'

export const openedWithoutScript = 'opened without JavaScript'

/** Notes the pages that a browser of this journey opens; for browsers a journey starts beside its own. */
export function noteOpened(context: BrowserContext, info: TestInfo): void {
  if (info.project.use.javaScriptEnabled !== false) return
  context.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && response.ok() && response.url().startsWith(origin)
    if (isPage) info.annotations.push({ type: openedWithoutScript, description: new URL(response.url()).pathname })
  })
}

export const test = base.extend<{ noted: undefined }>({
  noted: [
    async ({ context, browser }, use, info) => {
      info.annotations.push({ type: 'browser', description: `Chromium ${browser.version()}` })
      // accessible.spec.ts needs scripts for axe and only keeps the page's own away: that proves less.
      if (info.project.use.javaScriptEnabled === false && !info.file.endsWith('accessible.spec.ts'))
        noteOpened(context, info)
      await use(undefined)
    },
    { auto: true },
  ],
})
