// Structured data for search engines. The ONE place that puts text into a page unescaped by React, so it escapes
// everything that could end the script or start another (OWASP ASVS 5.0 1.2.1; ECMA-262 line terminators).
import { useRouteLoaderData } from '@remix-run/react'
import { useNonce } from './nonce.ts'

const dangerous: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** JSON that is safe inside a script element: `</script>` from data cannot end it. */
export const scriptJson = (data: unknown): string =>
  JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => dangerous[character] ?? '')

/** The shop's origin, for the absolute addresses that structured data wants. */
export const useOrigin = (): string => (useRouteLoaderData('root') as { origin?: string } | undefined)?.origin ?? ''

export function JsonLd({ data }: { data: Record<string, unknown> }) {
  const nonce = useNonce()
  return (
    <script
      type="application/ld+json"
      nonce={nonce}
      // The browser hides the nonce from scripts, so server and browser never agree on it.
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: escaped above; tested with hostile text
      dangerouslySetInnerHTML={{ __html: scriptJson({ '@context': 'https://schema.org', ...data }) }}
    />
  )
}

/** Where a page stands: a BreadcrumbList of absolute addresses. */
export function breadcrumbData(origin: string, items: { name: string; path: string }[]): Record<string, unknown> {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: items.map((item, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: item.name,
      item: `${origin}${item.path}`,
    })),
  }
}
