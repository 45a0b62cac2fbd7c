/** The ways in which chosen nodes of the flow can be lined up; each is a command. */
export const alignments = ['left', 'top', 'columns', 'rows'] as const
export type Alignment = (typeof alignments)[number]
