/** Size of the map in the corner of a canvas, in pixels. */
export const miniatureSize = { width: 152, height: 96 } as const
