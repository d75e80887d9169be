# Modules are imported when they are asked for, and data are read as files: neither is seen in the code.
from PyInstaller.utils.hooks import collect_data_files, collect_submodules

datas = collect_data_files("asean_cyber")
hiddenimports = collect_submodules("asean_cyber", filter=lambda name: not name.startswith("asean_cyber._pyinstaller"))
