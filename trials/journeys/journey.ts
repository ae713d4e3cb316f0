// What journeys are written with: Playwright's test, which also notes each page that was opened without JavaScript. The
// notes of journeys that passed become the certificate on /no-js (certificate.ts).
import { test as base } from '@playwright/test'
import { origin } from './ports.ts'

export { expect } from '@playwright/test'

export const openedWithoutScript = 'opened without JavaScript'

export const test = base.extend<{ noted: undefined }>({
  noted: [
    async ({ context, browser }, use, info) => {
      info.annotations.push({ type: 'browser', description: `Chromium ${browser.version()}` })
      if (info.project.use.javaScriptEnabled === false)
        context.on('response', (response) => {
          const isPage = response.request().isNavigationRequest() && response.ok() && response.url().startsWith(origin)
          if (isPage)
            info.annotations.push({ type: openedWithoutScript, description: new URL(response.url()).pathname })
        })
      await use(undefined)
    },
    { auto: true },
  ],
})
