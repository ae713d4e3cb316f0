// A file to keep: JSON that is nobody else's business and that no cache may hold.

/** `data` as a JSON file that the browser saves under `name`. */
export const answerDownload = (name: string, data: unknown): Response =>
  new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '-')}"`,
      'Cache-Control': 'private, no-store',
      'X-Robots-Tag': 'noindex',
    },
  })
