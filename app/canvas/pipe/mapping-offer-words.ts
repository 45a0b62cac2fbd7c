/** The words of suggested mappings in both languages. */
import { enMappingOffers } from '../../i18n/en-mapping-offers.ts'
import { nbMappingOffers } from '../../i18n/nb-mapping-offers.ts'
import { viewWords } from '../../store/view-words.ts'

export const useOfferWords = viewWords({ en: enMappingOffers, nb: nbMappingOffers })
