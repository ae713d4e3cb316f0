// How much one product form takes. Apart from the form's schema, which the browser has no need of.
export const maxOptions = 3
export const maxVariantRows = 100
/** Ten fields a row, and those above the table. */
export const maxProductFields = 50 + maxVariantRows * 10
