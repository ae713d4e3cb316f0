// stub
export const listVariants = async (..._: unknown[]): Promise<never> => {
  throw new Error('listVariants')
}
