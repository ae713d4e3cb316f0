// A browser in which somebody is logged in, without the log-in page.
import { signInVisitor } from '#app/http/session.server.ts'
import { Browser } from './browser.ts'

export async function logIn(userId: string, browser = new Browser()): Promise<Browser> {
  const visitor = await browser.visitor()
  const setCookie = (header: string) => {
    const [pair = ''] = header.split(';')
    const at = pair.indexOf('=')
    browser.cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
  await signInVisitor({ nonce: '', requestId: '', visitor: async () => visitor, setCookie }, userId)
  return browser
}
