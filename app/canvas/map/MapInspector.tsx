import { groupOfCard } from './group-elements.ts'
import { MapPanel } from './MapPanel.tsx'
import { openOnMap, useMapState } from './map-state.ts'
import { useProjectMap } from './use-map.ts'

/** The inspector beside the map. */
export function MapInspector({ project }: { readonly project: string }) {
  const { map, facts, opened, counts, parts } = useProjectMap()
  const chosen = useMapState((state) => state.chosen)
  return (
    <MapPanel
      project={project}
      map={map}
      facts={facts}
      counts={counts}
      chosen={chosen === null ? opened : groupOfCard(chosen)}
      onOpen={chosen === null ? null : (group) => openOnMap(group, parts)}
    />
  )
}
