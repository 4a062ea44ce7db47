# PROJ's database goes into the program: the build directory may be gone, and another PROJ on the
# machine, with another edition of the registry, must not change what is drawn.
set(EMBED_RESOURCE_FILES ON CACHE BOOL "" FORCE)
set(USE_ONLY_EMBEDDED_RESOURCE_FILES ON CACHE BOOL "" FORCE)
