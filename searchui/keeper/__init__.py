"""The keeper's mode: whoever holds the token of this server corrects who said what, on the page.

In comes a form; out go an entry of corrections.toml, an updated index, and the article as it is now.
"""

from searchui.keeper.views import Keeper, keep

__all__ = ["Keeper", "keep"]
