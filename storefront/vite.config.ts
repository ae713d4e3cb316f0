// Builds the browser's files and one server bundle that starts at server/app.ts (Hono in front of Remix).
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

declare module '@remix-run/server-runtime' {
  interface Future {
    v3_singleFetch: true
  }
}

/** What nearly every page needs, in two files instead of twenty: packages (they seldom change) and the shop's common parts. */
function manualChunks(id: string): string | undefined {
  if (/node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run)\//.test(id)) return 'packages'
  if (/\/app\/(paths|lib\/money|http\/problem)\.ts/.test(id)) return 'common'
  if (/\/app\/ui\/(button|form|icon|json-ld|money|nonce|page-meta|parts|picture|product-card)\.tsx?/.test(id))
    return 'common'
  return undefined
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    tailwindcss(),
    remix({
      appDirectory: 'app',
      serverModuleFormat: 'esm',
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        v3_routeConfig: true,
        v3_lazyRouteDiscovery: false,
      },
    }),
    {
      // Remix hard-codes its own server entry; a later plugin's config wins.
      name: 'highstreet-server-entry',
      config: (_config, { isSsrBuild }) =>
        isSsrBuild
          ? { build: { rollupOptions: { input: './server/app.ts' } } }
          : { build: { rollupOptions: { output: { manualChunks } } } },
    },
    {
      // Files of the build are packed once, as tightly as can be; server/files.ts sends the packed one.
      name: 'highstreet-packed-files',
      apply: 'build',
      writeBundle: ({ dir = '' }, bundle) => {
        if (!dir.endsWith('client')) return
        for (const name of Object.keys(bundle).filter((file) => /\.(js|css|svg|json)$/.test(file))) {
          const bytes = readFileSync(`${dir}/${name}`)
          const level = bytes.length > 500_000 ? 9 : 11
          const params = { [constants.BROTLI_PARAM_QUALITY]: level, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
          writeFileSync(`${dir}/${name}.br`, brotliCompressSync(bytes, { params }))
        }
      },
    },
  ],
  // What the browser loads, named: a search would also prepare what only the server uses, and reload the page when it is done.
  optimizeDeps: {
    noDiscovery: true,
    include: [
      'react',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      'react-dom',
      'react-dom/client',
      '@remix-run/react',
      'leaflet',
      'topojson-client',
    ],
  },
  build: { target: 'es2022', sourcemap: false, reportCompressedSize: false },
})
