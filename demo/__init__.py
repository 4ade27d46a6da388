"""The demo network: fictional people in a real setting, loaded through the product's own services.

`supervisor` runs the whole product on the embedded database; `cast` names the people, all invented;
`world` is what the parts of the story share; each part is a file with a function `load(world)`.
"""

HOST = "cen.localhost"
ZONE = "Europe/London"
