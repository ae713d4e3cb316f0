// The pages as Remix's Vite plugin hands them over.
declare module 'virtual:remix/server-build' {
  const build: import('@remix-run/node').ServerBuild
  export = build
}
