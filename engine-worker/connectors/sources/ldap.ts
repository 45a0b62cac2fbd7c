import { integerField, textField, textList } from '../../config/model/field.ts'
import { comment, ifSourceEmpty, system } from '../../config/model/shared-fields.ts'
import { readEntities } from '../../entity/transit.ts'
import { kind } from '../kind.ts'
import { entitiesOfFile } from './data-file.ts'
import { openOutside } from './supply.ts'

/** configuration-sources-ldap.rst */
export const ldapSource = kind({
  role: 'source',
  type: 'ldap',
  label: 'LDAP directory',
  icon: 'users',
  says: 'Makes an entity of each record of an LDAP search.',
  group: 'databases',
  runs: 'supplied',
  namespaced: true,
  fields: [
    system(['system:ldap']),
    textField('search_base', 'Where in the directory to search.', { default: '*' }),
    textField('search_filter', 'Which records to take.', { default: '(objectClass=organizationalPerson)' }),
    textField('attributes', 'Which attributes to take; * stands for anything.', { default: '*' }),
    textField('id_attribute', 'The attribute that becomes _id.', { aim: 'identity', default: 'cn' }),
    integerField('page_size', 'How many records to read at a time.', { aim: 'speed', default: 500, advanced: true }),
    textList('attribute_blacklist', 'Attributes to leave out.', { default: [] }),
    ifSourceEmpty,
    comment,
  ],
  template: { type: 'ldap', system: '' },
  example: {
    config: { type: 'ldap', system: 'directory', search_base: 'ou=people,dc=example,dc=org', id_attribute: 'cn' },
    system: {
      _id: 'directory',
      type: 'system:ldap',
      host: 'ldap.example.org',
      username: 'reader',
      password: '$SECRET(directory)',
    },
    reads: [
      '[{"_id": "Ada Lovelace", "cn": "Ada Lovelace", "mail": "ada@example.org", "objectClass": ["person", "organizationalPerson"]}]',
    ],
    gives: [
      {
        _id: 'Ada Lovelace',
        cn: 'Ada Lovelace',
        mail: 'ada@example.org',
        objectClass: ['person', 'organizationalPerson'],
      },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-ldap.rst',
  /** Only on supplied records. */
  open: (part, context) =>
    openOutside(part, context, { parse: (text) => readEntities(text), parseFile: entitiesOfFile }),
})
