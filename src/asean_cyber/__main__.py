"""``python -m asean_cyber``: the command line."""

from .cli import main

raise SystemExit(main())
