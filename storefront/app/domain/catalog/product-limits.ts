// How much one product form takes. Apart from the form's schema, which the browser has no need of.
export const maxOptions = 3
export const maxVariantRows = 100
