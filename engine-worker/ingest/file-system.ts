/** The system of files that lie on this machine. Its address names no server, so that no request is ever meant. */
export const fileSystem = { type: 'system:url', url_pattern: 'file:///%s' }
