from matchmaker.translations import compile_catalogues

compile_catalogues()
