/** The setting `oauth2` of a connector's system: its secrets and the variable with the token endpoint. */
export const oauth2Settings = {
  access_token: '$SECRET(oauth_access_token)',
  client_id: '$SECRET(oauth_client_id)',
  client_secret: '$SECRET(oauth_client_secret)',
  refresh_token: '$SECRET(oauth_refresh_token)',
  token_url: '{{@ token_url @}}',
} as const
