"""A made-up file of CompetentNL's shape: its names, none of its data."""

SYNTHETIC = """
# SYNTHETIC. Made up for tests: the shape is CompetentNL's, no occupation or capability in it is.
@prefix cnlo: <https://linkeddata.competentnl.nl/def/competentnl#> .
@prefix uwv: <https://linkeddata.competentnl.nl/uwv/def/competentnl_uwv#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix esco: <http://data.europa.eu/esco/skill/> .
@prefix x: <https://example.org/synthetic/> .

x:working-together a cnlo:HumanCapability ; skos:prefLabel "Samenwerken"@nl ; skos:notation "4.1" .
x:welding a cnlo:HumanCapability ;
  skos:prefLabel "Lassen"@nl , "Welding"@en ; skos:altLabel "lassen van metaal"@nl ;
  skos:broader x:making , x:not-there ;
  skos:closeMatch esco:00000000-0000-4000-8000-000000000001 .
x:making a cnlo:HumanCapability ; skosxl:prefLabel x:making-label ; skos:broader x:welding .
x:making-label skosxl:literalForm "Maken"@nl .
x:metals a cnlo:HumanCapability , cnlo:KnowledgeArea ; skos:prefLabel "Metaalkunde"@nl ;
  cnlo:broadMatchESCO <http://data.europa.eu/esco/isced-f/0715> .
x:nameless a cnlo:HumanCapability .
x:read-drawing skos:prefLabel "Leest een tekening"@nl .
x:sweep skos:prefLabel "Veegt de vloer"@nl .

x:welder a cnlo:Occupation ; skos:prefLabel "Lasser"@nl ; skos:notation "0101" ;
  cnlo:requiresHATEssential x:welding , x:working-together ;
  cnlo:requiresHATImportant x:metals ;
  cnlo:requiresHATSomewhat x:making , x:welding , x:not-there ;
  uwv:isCharacterizedByOccupationTask_Essential x:read-drawing ;
  uwv:isCharacterizedByOccupationTask_Optional x:sweep .
x:host a cnlo:Occupation ; skos:prefLabel "Gastheer"@nl ; cnlo:requiresHATEssential x:working-together .
x:not-there-either cnlo:requiresHATEssential x:welding .
"""
