// Countries' names in English. Called on the server, which hands the name to the page: browsers name some differently.

const names = new Intl.DisplayNames('en', { type: 'region' })

/** `FR` → `France`; a code nobody knows stays as it is. */
export function countryName(code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}
