/** The system that sources of these tests read from. */
export const web = { _id: 'web', type: 'system:url', url_pattern: 'https://web/%s' }
