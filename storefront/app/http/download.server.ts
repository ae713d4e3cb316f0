// A file to keep: JSON or a PDF that is nobody else's business and that no cache may hold.

/** A PDF that the browser shows or saves under `name`. */
export const answerPdf = (name: string, pdf: Uint8Array<ArrayBuffer>): Response =>
  new Response(pdf, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${name.replace(/[^\w.-]/g, '-')}"`,
      'Cache-Control': 'private, no-store',
      'Referrer-Policy': 'same-origin',
      'X-Robots-Tag': 'noindex',
    },
  })

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
