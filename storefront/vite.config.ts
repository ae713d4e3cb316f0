// Builds the browser's files and one server bundle that starts at server/app.ts (Hono in front of Remix).
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

declare module '@remix-run/server-runtime' {
  interface Future {
    v3_singleFetch: true
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    tailwindcss(),
    !process.env.VITEST &&
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
        isSsrBuild ? { build: { rollupOptions: { input: './server/app.ts' } } } : undefined,
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
