// stub
export const commitReservation = async (..._: unknown[]): Promise<never> => {
  throw new Error('commitReservation')
}
