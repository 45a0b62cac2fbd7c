import type { JsonObject } from '../../../engine-worker/entity/value.ts'

/** A policy of strong algorithms that every device knows. */
export const strongPolicy: JsonObject = {
  ike_encryption: 'AES256',
  ike_integrity: 'SHA384',
  dh_group: 'ECP384',
  ipsec_encryption: 'GCMAES256',
  ipsec_integrity: 'GCMAES256',
  pfs_group: 'ECP384',
}
