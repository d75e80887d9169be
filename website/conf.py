"""The site: the pages of ``docs/``, the reference of the public names, and the book, a page for every record.

``python website/build.py`` makes all of it.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import asean_cyber as ac  # noqa: E402

project = "asean-cyber"
author = copyright = "the asean-cyber maintainers"
version = release = ac.__version__
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.intersphinx",
    "sphinx_copybutton",
    "book",
]
templates_path = ["templates"]
exclude_patterns = ["_generate.py", "**/.ipynb_checkpoints"]
nitpicky = True
nitpick_ignore_regex = [
    ("py:class", r"(altair|pyarrow)\..*"),  # classes that their own references know by other names
    ("py:class", r"asean_cyber\._.*\.(R_co|Column|Reading|State|Shown|Table|Contents|Catalogue|Change|BodyCoverage|Tally)"),
    ("py:class", r"date|Path|Precision|Reading"),  # in the fields of a named tuple, whose annotations are text
]

# Markdown and notebooks.
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "off"
nb_merge_streams = True
suppress_warnings = ["myst.header"]

# The reference.
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
trim_doctest_flags = True
add_module_names = False
default_role = "name"  # of docstrings: what stands between single backticks

# The inventories lie beside this file, so that a build asks nobody for anything; see inventories.py.
intersphinx_mapping = {
    name: (address, str(HERE / "inventories" / f"{name}.inv"))
    for name, address in {
        "python": "https://docs.python.org/3/",
        "attrs": "https://www.attrs.org/en/stable/",
        "pandas": "https://pandas.pydata.org/docs/",
        "polars": "https://docs.pola.rs/api/python/stable/",
    }.items()
}

copybutton_prompt_text = r">>> |\.\.\. "
copybutton_prompt_is_regexp = True
copybutton_exclude = ".linenos, .gp, .go"

# The site.
html_theme = "furo"
html_title = f"asean-cyber {release}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = html_show_sourcelink = False
html_domain_indices = False
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/book.html",
        "sidebar/scroll-end.html",
    ]
}
