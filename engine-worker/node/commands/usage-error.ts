/** Thrown by a command when its arguments make no sense: the words and the usage are shown, the exit code is 2. */
export class UsageError extends Error {}
